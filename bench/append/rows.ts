/** What each message of the benchmark says; about as long as people write. */
export function textOf(index: number): string {
  return `message ${index}: has anybody seen the logs of the second node since the restart this morning?`;
}
