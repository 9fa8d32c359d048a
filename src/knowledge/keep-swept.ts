import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Library } from './library.ts';

/** Milliseconds between looks: what was left lapses in ten minutes. */
const every = 5 * 60_000;

/** Takes away what was left half written, now and from time to time. */
export function keepSwept(library: Pick<Library, 'sweep'>, clock: Clock, log: Log) {
  let isClosed = false;
  let cancel = () => {};
  let running = sweep();

  async function sweep(): Promise<void> {
    try {
      await library.sweep();
    } catch (reason) {
      log.warn({ err: reason }, 'rows of sources are left to be taken away later');
    }
    if (isClosed) return;
    cancel = clock.after(every, () => {
      running = sweep();
    });
  }

  return {
    async close(): Promise<void> {
      isClosed = true;
      cancel();
      await running;
    },
  };
}
