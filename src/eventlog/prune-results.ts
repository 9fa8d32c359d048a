import type { Database } from '../db/database.ts';
import { prepared } from '../db/query.ts';
import { type Clock, pause } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';

/** Milliseconds for which a command may be sent again under its id. */
export const keptFor = 7 * 24 * 60 * 60 * 1_000;
/** Milliseconds between looks for results that are older; the first one is a while after the start. */
export const lookEvery = 60 * 60 * 1_000;
/** Rows that go at once, and the milliseconds before the next of them: nobody should wait for this. */
const batch = 500;
const rest = 250;

type Deps = { db: Database; clock: Clock; log: Log };

/** Forgets the results of commands that nobody sends again any more, in the background. Several processes may do so at once. */
export function pruneResults({ db, clock, log }: Deps): { close(): Promise<void> } {
  const prune = prepared((values: { before: string }) =>
    db.sql
      .deleteFrom('command_results')
      .where((eb) =>
        eb(
          eb.refTuple('room_id', 'command_id', 'actor_id'),
          'in',
          eb
            .selectFrom('command_results')
            .select(['room_id', 'command_id', 'actor_id'])
            .where('at', '<', values.before)
            .orderBy('at')
            .limit(batch)
            .$asTuple('room_id', 'command_id', 'actor_id'),
        ),
      )
      .returning('command_id'),
  );
  const closing = new AbortController();
  let looking = Promise.resolve();
  let cancel = clock.after(lookEvery, begin);

  function begin(): void {
    looking = look().catch((reason) =>
      log.warn({ err: reason }, 'old results of commands could not be pruned'),
    );
    void looking.then(() => {
      if (!closing.signal.aborted) cancel = clock.after(lookEvery, begin);
    });
  }

  async function look(): Promise<void> {
    const before = new Date(clock.now().getTime() - keptFor).toISOString();
    let count = 0;
    while (!closing.signal.aborted) {
      const { length } = await db.run(prune({ before }));
      count += length;
      if (length < batch) break;
      await pause(clock, rest, closing.signal);
    }
    if (count > 0) log.info({ count }, 'pruned old results of commands');
  }

  return {
    /** Waits for what is under way. */
    async close() {
      closing.abort();
      cancel();
      await looking;
    },
  };
}
