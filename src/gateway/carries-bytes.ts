/**
 * Whether there are bytes anywhere in an argument. Socket.IO carries them beside JSON, no event of ours takes them, and
 * a log holds what JSON can say. Without recursion: what clients nest may be deeper than the stack.
 */
export function carriesBytes(input: unknown): boolean {
  const left = [input];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return true;
    for (const inner of Object.values(value)) left.push(inner);
  }
  return false;
}
