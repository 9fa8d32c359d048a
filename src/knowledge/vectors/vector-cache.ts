import type { SourceVectors } from './source-vectors.ts';

/** Sources' vectors that were used last, in a bounded number of bytes. */
export function createVectorCache(mostBytes: number) {
  const kept = new Map<string, SourceVectors>();
  let bytes = 0;

  function drop(key: string): void {
    bytes -= kept.get(key)?.numbers.byteLength ?? 0;
    kept.delete(key);
  }

  return {
    find(key: string): SourceVectors | undefined {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found;
    },
    /** One that is larger than all that may be kept is not. */
    keep(key: string, vectors: SourceVectors): void {
      drop(key);
      if (vectors.numbers.byteLength > mostBytes) return;
      kept.set(key, vectors);
      bytes += vectors.numbers.byteLength;
      for (const oldest of kept.keys()) {
        if (bytes <= mostBytes) return;
        drop(oldest);
      }
    },
    get bytes() {
      return bytes;
    },
  };
}

export type VectorCache = ReturnType<typeof createVectorCache>;
