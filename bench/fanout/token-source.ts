import { stamp } from './stamp.ts';

/** A reply's tokens by a schedule that waits for nobody: asked late, it gives all that are due, stamped with when. */
export function createTokenSource(startMicros: number, rate: number, count: number) {
  let given = 0;
  return {
    get isOver(): boolean {
      return given >= count;
    },
    /** The tokens due by `now` that were not given yet. */
    due(now: number): string[] {
      const tokens: string[] = [];
      for (; given < count; given += 1) {
        const at = startMicros + (given * 1_000_000) / rate;
        if (at > now) break;
        tokens.push(stamp(at));
      }
      return tokens;
    },
  };
}
