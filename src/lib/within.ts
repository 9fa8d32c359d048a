import type { Clock } from './clock.ts';

/** Whether work was done within `ms` milliseconds; what comes of it later is nobody's concern. Throws what it throws until then. */
export function within(clock: Clock, ms: number, work: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => resolve(false));
    work.then(
      () => {
        cancel();
        resolve(true);
      },
      (reason: unknown) => {
        cancel();
        reject(reason);
      },
    );
  });
}
