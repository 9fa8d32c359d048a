export type Cancel = () => void;

/** Time as a port, so that rules about time can be tested without waiting. */
export type Clock = {
  /** Wall time; shown to people and stored, never used to measure a duration. */
  now(): Date;
  /** Milliseconds that only go forward, unaffected by wall clock changes; the only measure of durations. */
  monotonic(): number;
  /** Runs `action` once after `ms` milliseconds unless cancelled. */
  after(ms: number, action: () => void): Cancel;
};

/** The machine's clock. Its timers do not keep a process alive. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  after: (ms, action) => {
    const timer: unknown = setTimeout(action, ms);
    // A browser's timer is a number; only Node's can be unreferenced.
    if (
      typeof timer === 'object' &&
      timer !== null &&
      'unref' in timer &&
      typeof timer.unref === 'function'
    ) {
      timer.unref();
    }
    return () => clearTimeout(timer as ReturnType<typeof setTimeout>);
  },
};

/** Resolves after `ms` on `clock`, or at once when `signal` is aborted. */
export function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const finish = () => {
      cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = clock.after(ms, finish);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
