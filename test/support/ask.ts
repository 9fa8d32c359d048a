import { createParser } from 'eventsource-parser';
import type { Person } from './client.ts';

/** An answer to a side question as its asker gets it. */
export type SideAnswer = {
  status: number;
  /** What has come so far. */
  received: { event: string | undefined; data: { code?: string; conversationId?: string } }[];
  /** Resolves when there is no more: the server ended it, or the connection was cut. */
  ended: Promise<'ended' | 'cut'>;
};

export async function askOnTheSide(
  person: Person,
  question: { roomId: string; query: string; conversationId?: string | undefined },
): Promise<SideAnswer> {
  const response = await fetch(`${person.url}/api/ask`, {
    method: 'POST',
    headers: { cookie: person.cookie, 'content-type': 'application/json' },
    body: JSON.stringify(question),
  });
  const received: SideAnswer['received'] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => void received.push({ event, data: JSON.parse(data) }),
  });
  async function read(): Promise<void> {
    const text = new TextDecoder();
    for await (const bytes of response.body ?? []) parser.feed(text.decode(bytes, { stream: true }));
  }
  const ended = read().then(
    () => 'ended' as const,
    () => 'cut' as const,
  );
  return { status: response.status, received, ended };
}
