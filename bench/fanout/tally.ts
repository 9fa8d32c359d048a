import { percentile } from '../lib/stats.ts';
import { expectedDeliveries, type Outcome, type Shape } from './shape.ts';
import { eachStamp, nowMicros } from './stamp.ts';

/** Milliseconds past the end of the schedule after which what has not come counts as lost. */
const patience = 2_000;
/** Milliseconds without a frame after which what is late of a run is taken to have come. */
const quiet = 300;
const mostQuiet = 10_000;

/** Counts what reaches the tabs in one run that begins at `startMicros`, and how late. */
export function createTally(shape: Shape, startMicros: number) {
  const expected = expectedDeliveries(shape);
  const latencies = new Float32Array(expected).fill(Number.POSITIVE_INFINITY);
  const done = Promise.withResolvers<void>();
  const wait = (startMicros - nowMicros()) / 1_000 + (shape.spread + shape.seconds) * 1_000 + patience;
  const timer = setTimeout(done.resolve, wait);
  let isOver = false;
  let tokens = 0;
  let frames = 0;
  let firstDue = Number.POSITIVE_INFINITY;
  let lastSeen = nowMicros();

  return {
    /** Takes in a frame of live text. */
    take(frame: string): void {
      const now = nowMicros();
      lastSeen = now;
      if (isOver) return;
      frames += 1;
      eachStamp(frame, (due) => {
        // Late from the run before.
        if (due < startMicros) return;
        if (due < firstDue) firstDue = due;
        if (tokens < expected) latencies[tokens] = (now - due) / 1_000;
        tokens += 1;
      });
      if (tokens >= expected) done.resolve();
    },

    /** Resolves when everything has come, or the rest no longer will. */
    async outcome(): Promise<Outcome> {
      await done.promise;
      isOver = true;
      clearTimeout(timer);
      const seconds = (lastSeen - firstDue) / 1_000_000;
      const sorted = Float64Array.from(latencies).sort();
      return {
        seconds,
        frames,
        tokens,
        expected,
        prompt: sorted.filter((late) => late <= 1_000).length,
        p50: percentile(sorted, 50),
        p99: percentile(sorted, 99),
      };
    },

    /** Resolves when nothing more comes, so that the next run has the machine for itself. */
    async silence(): Promise<void> {
      const givenUpAt = nowMicros() + mostQuiet * 1_000;
      while (nowMicros() - lastSeen < quiet * 1_000 && nowMicros() < givenUpAt)
        await new Promise((resolve) => setTimeout(resolve, 50));
    },
  };
}

export type Tally = ReturnType<typeof createTally>;
