import { percentile } from '../lib/stats.ts';
import { expectedDeliveries, type Outcome, type Shape } from './shape.ts';
import { eachStamp, nowMicros } from './stamp.ts';

/** Milliseconds past the end of the schedule after which what has not come counts as lost. */
const patience = 10_000;

/** Counts what reaches the tabs in one run, and how late. */
export function createTally(shape: Shape) {
  const expected = expectedDeliveries(shape);
  const latencies = new Float32Array(expected);
  const done = Promise.withResolvers<void>();
  const timer = setTimeout(done.resolve, shape.seconds * 1_000 + patience);
  let tokens = 0;
  let frames = 0;
  let firstDue = Number.POSITIVE_INFINITY;
  let lastSeen = 0;

  return {
    /** Takes in a frame of live text. */
    take(frame: string): void {
      const now = nowMicros();
      frames += 1;
      lastSeen = now;
      eachStamp(frame, (due) => {
        if (due < firstDue) firstDue = due;
        if (tokens < expected) latencies[tokens] = (now - due) / 1_000;
        tokens += 1;
      });
      if (tokens >= expected) done.resolve();
    },

    /** Resolves when everything has come, or the rest no longer will. */
    async outcome(): Promise<Outcome> {
      await done.promise;
      clearTimeout(timer);
      const seen = Array.from(latencies.subarray(0, Math.min(tokens, expected)));
      const seconds = (lastSeen - firstDue) / 1_000_000;
      return { seconds, frames, tokens, expected, p50: percentile(seen, 50), p99: percentile(seen, 99) };
    },
  };
}

export type Tally = ReturnType<typeof createTally>;
