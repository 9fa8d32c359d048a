const cleanUps: (() => unknown)[] = [];

/** Has something done after the test file, which may be one of several in this process. */
export function afterFile(cleanUp: () => unknown): void {
  cleanUps.push(cleanUp);
}

/** Takes away what the file left, the latest first. */
export async function cleanUpFile(): Promise<void> {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
}
