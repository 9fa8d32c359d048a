import { setTimeout as pause } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';
import { parseEvent } from '../../src/domain/event.ts';
import type { Tab } from '../../test/support/history/history.ts';
import type { Account } from './account.ts';

/** Milliseconds until a stream that ended is opened again. */
const againAfter = 200;

/** Reads a room by server-sent events from its beginning; comes back, at the next process, from where it was. */
export function openEventReader(account: Account, name: string, roomId: string, firstUrl: number) {
  const record: Tab = { name, userId: account.userId, roomId, readings: [] };
  const closing = new AbortController();
  let seq = 0;
  let streams = 0;
  let cutting = new AbortController();

  const parser = () =>
    createParser({
      onEvent({ data }) {
        if (closing.signal.aborted) return;
        const event = parseEvent(JSON.parse(data));
        record.readings.push({ type: 'event', epoch: '', event });
        record.readings.push({ type: 'shown', epoch: '', seq: event.seq });
        seq = event.seq;
      },
    });

  async function read(): Promise<void> {
    while (!closing.signal.aborted) {
      const url = account.urls[(firstUrl + streams) % account.urls.length] ?? '';
      streams += 1;
      cutting = new AbortController();
      await readFrom(url, AbortSignal.any([closing.signal, cutting.signal])).catch(() => {});
      await pause(againAfter);
    }
  }

  async function readFrom(url: string, signal: AbortSignal): Promise<void> {
    const headers = { accept: 'text/event-stream', cookie: account.cookie, 'last-event-id': String(seq) };
    const response = await fetch(`${url}/api/rooms/${roomId}/events?after=${seq}`, { headers, signal });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const [text, events] = [new TextDecoder(), parser()];
    for await (const bytes of response.body ?? []) events.feed(text.decode(bytes, { stream: true }));
  }

  const ended = read();
  return {
    record,
    seq: () => seq,
    cut: () => cutting.abort(),
    close: () => {
      closing.abort();
      return ended;
    },
  };
}

export type EventReader = ReturnType<typeof openEventReader>;
