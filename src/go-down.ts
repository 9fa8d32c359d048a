import type { Clock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import { within } from './lib/within.ts';

/** One part of going down, and the milliseconds that it may take. */
type Step = { name: string; within: number; end(): Promise<unknown> };

/**
 * Ends the parts one after the other. One that takes too long is left: a database that does not answer must not keep the
 * process, which is killed in the middle of things otherwise.
 */
export async function goDown({ clock, log }: { clock: Clock; log: Log }, ...steps: Step[]): Promise<void> {
  for (const { name, within: ms, end } of steps) {
    if (!(await within(clock, ms, end())))
      log.error({ what: name, ms }, 'going down without waiting any longer');
  }
}
