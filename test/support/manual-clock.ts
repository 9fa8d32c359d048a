import type { Clock } from '../../src/lib/clock.ts';

export type ManualClock = Clock & {
  /** Lets `ms` pass: runs the timers that fall due, in their order, also those that they set. */
  advance(ms: number): void;
  /** How many timers wait; a test may wait for one to be set before it advances. */
  readonly pending: number;
};

type Timer = { due: number; action: () => void };

/** A clock that stands still until the test moves it. Its monotonic time begins at 0. */
export function createManualClock(start = new Date('2026-01-01T00:00:00Z')): ManualClock {
  let elapsed = 0;
  const timers = new Set<Timer>();

  /** The earliest due; of several, the one set first, since a Set keeps that order. */
  const nextDue = (until: number): Timer | undefined => {
    let next: Timer | undefined;
    for (const timer of timers) {
      if (timer.due <= until && (next === undefined || timer.due < next.due)) next = timer;
    }
    return next;
  };

  return {
    now: () => new Date(start.getTime() + elapsed),
    monotonic: () => elapsed,
    after: (ms, action) => {
      const timer: Timer = { due: elapsed + Math.max(ms, 0), action };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    advance: (ms) => {
      const until = elapsed + ms;
      for (let timer = nextDue(until); timer !== undefined; timer = nextDue(until)) {
        timers.delete(timer);
        elapsed = timer.due;
        timer.action();
      }
      elapsed = until;
    },
    get pending() {
      return timers.size;
    },
  };
}
