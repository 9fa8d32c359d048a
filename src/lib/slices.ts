import type { Cancel } from './clock.ts';

/**
 * Runs pieces of work at once until they have cost `most` in one turn of the event loop; then in order in the turns after it, so
 * that what came in meanwhile is never behind all of them. Gives how to cancel a piece that waits, undefined if it ran.
 */
export function createSlices(most: number): (cost: number, work: () => void) => Cancel | undefined {
  type Piece = { cost: number; work: () => void };
  const waiting = new Set<Piece>();
  let left = most;
  let isUnderWay = false;

  /** To be called before the first piece of a turn. */
  function begin(): void {
    left = most;
    isUnderWay = true;
    setImmediate(nextTurn);
  }

  function nextTurn(): void {
    isUnderWay = false;
    if (waiting.size > 0) begin();
    for (const piece of waiting) {
      if (left <= 0) return;
      waiting.delete(piece);
      run(piece);
    }
  }

  function run({ cost, work }: Piece): void {
    left -= cost;
    work();
  }

  return (cost, work) => {
    if (!isUnderWay) begin();
    const piece = { cost, work };
    if (waiting.size === 0 && left > 0) {
      run(piece);
      return undefined;
    }
    waiting.add(piece);
    return () => void waiting.delete(piece);
  };
}
