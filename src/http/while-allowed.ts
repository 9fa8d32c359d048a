import { refusalOf } from '../domain/permissions.ts';
import type { Role } from '../domain/roles.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { Clock } from '../lib/clock.ts';
import type { KibitzError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Accounts, Caller } from '../people/accounts.ts';
import { notSignedIn } from './caller.ts';

/** Milliseconds between looks at what other processes may have done: less than the second within which it counts. */
const lookEvery = 800;

type Deps = {
  accounts: Pick<Accounts, 'endedAmong' | 'onSignedOut'>;
  eventLog: Pick<EventLog, 'roleOf' | 'subscribe'>;
  clock: Clock;
  log: Log;
};

type Allowed = { caller: Caller; roomId: string; least: Role };

/**
 * Watches over a response that goes on for long: calls `end` once, with the reason, when its caller is signed out or has no
 * longer at least the role `least` in the room. Returns how to stop watching.
 */
export function whileAllowed(
  { accounts, eventLog, clock, log }: Deps,
  { caller, roomId, least }: Allowed,
  end: (refusal: KibitzError) => void,
): () => void {
  let isOver = false;

  function stop(): void {
    isOver = true;
    cancel();
    unsubscribe();
    forget();
  }

  function refuse(refusal: KibitzError): void {
    if (isOver) return;
    stop();
    end(refusal);
  }

  async function lookAtRole(): Promise<void> {
    const refusal = refusalOf(await eventLog.roleOf(roomId, caller.user.id), least);
    if (refusal !== undefined) refuse(refusal);
  }

  async function lookAtBoth(): Promise<void> {
    const ended = await accounts.endedAmong([caller.sessionId]);
    if (ended.length > 0) return refuse(notSignedIn());
    await lookAtRole();
  }

  /** A look that fails is made up for by the next. */
  async function attempt(look: () => Promise<void>): Promise<void> {
    await look().catch((reason) =>
      log.warn({ err: reason, roomId }, 'could not look whether somebody may still read on'),
    );
  }

  async function beat(): Promise<void> {
    await attempt(lookAtBoth);
    if (!isOver) cancel = clock.after(lookEvery, beat);
  }

  let cancel = clock.after(lookEvery, beat);
  const unsubscribe = eventLog.subscribe((id, events) => {
    const isAbout = events.some(({ kind }) => kind === 'member.changed' || kind === 'member.left');
    if (id === roomId && isAbout) void attempt(lookAtRole);
  });
  const forget = accounts.onSignedOut((sessionId) => {
    if (sessionId === caller.sessionId) refuse(notSignedIn());
  });
  return stop;
}
