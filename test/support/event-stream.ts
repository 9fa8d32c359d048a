import { createParser } from 'eventsource-parser';
import type { LoggedEvent } from '../../src/domain/event.ts';
import type { Person } from './client.ts';

/** A room's events as a client of server-sent events gets them. */
export type EventStream = {
  status: number;
  contentType: string | null;
  /** What has come so far, each with the `id:` it came with. */
  received: { id: string | undefined; event: LoggedEvent }[];
  /** Resolves when there is no more: the server ended it, or the connection was cut from either side. */
  ended: Promise<'ended' | 'cut'>;
  close(): void;
};

export async function openEventStream(
  person: Person,
  roomId: string,
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
): Promise<EventStream> {
  const abort = new AbortController();
  const response = await fetch(`${person.url}/api/rooms/${roomId}/events${query}`, {
    headers: { accept: 'text/event-stream', cookie: person.cookie, ...headers },
    signal: abort.signal,
  });
  const received: EventStream['received'] = [];
  const parser = createParser({
    onEvent: ({ id, data }) => received.push({ id, event: JSON.parse(data) as LoggedEvent }),
  });
  async function read(): Promise<void> {
    const text = new TextDecoder();
    for await (const bytes of response.body ?? []) parser.feed(text.decode(bytes, { stream: true }));
  }
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    received,
    ended: read().then(
      () => 'ended',
      () => 'cut',
    ),
    close: () => abort.abort(),
  };
}
