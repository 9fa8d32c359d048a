import type { Cancel, Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Accounts } from '../people/accounts.ts';
import type { Peers } from './peers.ts';

/** Milliseconds between looks; while no other process can tell this one, they are all it has. */
const lookEvery = 5_000;
const lookEveryAlone = 1_000;
/** Sessions asked for at once. */
const atOnce = 500;

type Deps = {
  accounts: Pick<Accounts, 'endedAmong'>;
  peers: Pick<Peers, 'areReachable'>;
  clock: Clock;
  log: Log;
  sessionsHere(): ReadonlySet<string>;
  close(sessionId: string): void;
};

/** Closes the sockets of sessions that ended in another process, should nobody have told this one. */
export function watchSessions({ accounts, peers, clock, log, sessionsHere, close }: Deps): { stop(): void } {
  let isStopped = false;
  let cancel: Cancel = later();

  function later(): Cancel {
    return clock.after(peers.areReachable ? lookEvery : lookEveryAlone, beat);
  }

  function beat(): void {
    look()
      .catch((reason) => log.warn({ err: reason }, 'could not look which sessions have ended'))
      .finally(() => {
        if (!isStopped) cancel = later();
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
