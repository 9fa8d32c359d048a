import type { Response } from 'express';
import type { LoggedEvent } from '../domain/event.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { Accounts, Caller } from '../people/accounts.ts';

const pageSize = 500;
/** Milliseconds between comments that keep proxies from closing a quiet stream. */
const keepAliveEvery = 15_000;

type Stream = { eventLog: EventLog; accounts: Accounts; roomId: string; caller: Caller; after: number };

/** The room's events as server-sent events, `id:` = `seq`: what is there after `after`, then what comes. */
export async function streamEvents(
  { eventLog, accounts, roomId, caller, after }: Stream,
  response: Response,
) {
  const userId = caller.user.id;
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  let seq = after;
  let isReading = false;

  function close(): void {
    unsubscribe();
    forget();
    clearInterval(keepAlive);
    response.end();
  }

  function write(events: readonly LoggedEvent[]): void {
    for (const event of events) {
      if (event.seq <= seq) continue;
      seq = event.seq;
      response.write(`id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`);
    }
  }

  /** Reads on from the log, as far as the reader keeps up: what waits for a slow one waits in the database. */
  async function readOn(): Promise<void> {
    if (isReading) return;
    isReading = true;
    try {
      for (;;) {
        if ((await eventLog.roleOf(roomId, userId)) === undefined) return close();
        const events = await eventLog.eventsAfter(roomId, seq, pageSize);
        write(events);
        if (events.length === 0 || response.closed) return;
        if (response.writableNeedDrain)
          await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
      }
    } catch {
      // The log cannot be read: the client comes back with the id of its last event.
      close();
    } finally {
      isReading = false;
    }
  }

  const unsubscribe = eventLog.subscribe((id) => {
    if (id === roomId) void readOn();
  });
  const forget = accounts.onSignedOut((sessionId) => {
    if (sessionId === caller.sessionId) close();
  });
  const keepAlive = setInterval(() => response.write(':\n\n'), keepAliveEvery);
  response.on('close', close);
  await readOn();
}
