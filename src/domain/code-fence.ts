/** The code fence that is open behind a line, given the one open before it; undefined where none is. */
export function fenceAfter(line: string, open: string | undefined): string | undefined {
  const fence = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
  if (fence === undefined) return open;
  if (open === undefined) return fence;
  return fence.startsWith(open) ? undefined : open;
}
