import type { Response } from 'express';
import type { LoggedEvent } from '../domain/event.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Accounts, Caller } from '../people/accounts.ts';
import { whileAllowed } from './while-allowed.ts';

/** Events read at once: what a reader that does not read costs. */
const pageSize = 50;
/** Milliseconds between comments that keep proxies from closing a quiet stream; with each the log is asked again. */
const beatEvery = 5_000;

type Stream = {
  eventLog: EventLog;
  accounts: Accounts;
  clock: Clock;
  log: Log;
  roomId: string;
  caller: Caller;
  after: number;
  /** How the caller is shown events; undefined when they are not signed in or in the room any more. */
  view(): Promise<((event: LoggedEvent) => LoggedEvent) | undefined>;
};

/** The room's events as server-sent events, `id:` = `seq`: what is there after `after`, then what comes. */
export async function streamEvents({ roomId, caller, after, view, ...deps }: Stream, response: Response) {
  const { eventLog } = deps;
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.flushHeaders();
  let seq = after;
  let isReading = false;
  let isBehind = false;
  let isOver = false;

  function close(): void {
    isOver = true;
    unsubscribe();
    stopWatching();
    clearInterval(beat);
    response.end();
  }

  function write(events: readonly LoggedEvent[]): void {
    for (const event of events) {
      seq = event.seq;
      response.write(`id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`);
    }
  }

  /** Reads on from the log, as far as the reader keeps up: what waits for a slow one waits in the database. */
  async function readOn(): Promise<void> {
    isBehind = true;
    if (isReading) return;
    isReading = true;
    try {
      while (isBehind && !isOver) {
        isBehind = false;
        const events = await eventLog.eventsAfter(roomId, seq, pageSize);
        // Asked after the reading, so that nothing that came after a removal gets out.
        const seen = await view();
        if (seen === undefined) return close();
        // Closed meanwhile: writing to a response that has ended is an error that nobody catches.
        if (isOver) return;
        write(events.map(seen));
        if (events.length > 0) isBehind = true;
        if (response.writableNeedDrain) await drained(response);
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
  const stopWatching = whileAllowed(deps, { caller, roomId, least: 'spectator' }, close);
  // What other processes did is found with the next beat, should nothing else tell this one.
  const beat = setInterval(() => {
    response.write(':\n\n');
    void readOn();
  }, beatEvery);
  response.on('close', close);
  // The client may have left before there was anybody to notice.
  if (response.closed) return close();
  await readOn();
}

/** Resolves when a response takes more, or is closed. */
function drained(response: Response): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
