import { z } from 'zod';
import { loggedEventSchema } from '../domain/event.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { Log } from '../lib/log.ts';
import type { Peers } from './peers.ts';

/** The turns that may run in this process. */
export type TurnsHere = { wake(roomId: string): void; stop(roomId: string, turnId: string): void };

type Deps = {
  peers: Peers;
  eventLog: EventLog;
  log: Log;
  turns: TurnsHere;
  closeSession(sessionId: string): void;
};

const committedSchema = z.array(loggedEventSchema).min(1);

/** Acts on what other processes tell. */
export function hearPeers({ peers, eventLog, log, turns, closeSession }: Deps): void {
  peers.on('committed', (roomId, told) => {
    // What nobody here has asked for is read when somebody does.
    if (!eventLog.isOpen(roomId)) return;
    const { data: events } = committedSchema.safeParse(told);
    // What this version cannot read it finds in the log.
    const taken = events ? eventLog.hear(roomId, events) : eventLog.newestStateOf(roomId);
    taken.catch((reason) =>
      log.warn({ err: reason, roomId }, 'what another process told could not be taken in'),
    );
  });
  peers.on('wake', turns.wake);
  peers.on('stop', turns.stop);
  peers.on('signedOut', closeSession);
}
