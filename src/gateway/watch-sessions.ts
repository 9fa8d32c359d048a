import type { Cancel, Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Accounts } from '../people/accounts.ts';

/** Milliseconds between looks, and sessions asked for at once. */
const lookEvery = 1_000;
const atOnce = 500;

type Deps = {
  accounts: Pick<Accounts, 'endedAmong'>;
  clock: Clock;
  log: Log;
  sessionsHere(): ReadonlySet<string>;
  close(sessionId: string): void;
};

/** Closes the sockets of sessions that ended in another process, should nobody have told this one. */
export function watchSessions({ accounts, clock, log, sessionsHere, close }: Deps): { stop(): void } {
  let isStopped = false;
  let cancel: Cancel = clock.after(lookEvery, beat);

  function beat(): void {
    look()
      .catch((reason) => log.warn({ err: reason }, 'could not look which sessions have ended'))
      .finally(() => {
        if (!isStopped) cancel = clock.after(lookEvery, beat);
      });
  }

  async function look(): Promise<void> {
    const ids = [...sessionsHere()];
    for (let from = 0; from < ids.length; from += atOnce) {
      for (const ended of await accounts.endedAmong(ids.slice(from, from + atOnce))) close(ended);
    }
  }

  return {
    stop: () => {
      isStopped = true;
      cancel();
    },
  };
}
