import { createParser } from 'eventsource-parser';
import { KibitzError } from '../../../src/lib/errors.ts';
import { type AskBody, type AskEvent, askEventSchema } from '../../../src/protocol/ask.ts';
import { fetched, unreadable } from './request.ts';

const brokenOff = 'The connection broke off before the answer was whole. Try again.';

/** A question to a room's library on the side; `tell` has each event of the answer, the last of them `done` or `error`. */
export async function ask(
  body: AskBody,
  tell: (event: AskEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const reply = await fetched('POST', '/api/ask', 'text/event-stream', body, signal);
  let isOver = false;
  for await (const event of eventsOf(reply)) {
    tell(event);
    isOver ||= event.event === 'done' || event.event === 'error';
  }
  if (!isOver) throw new KibitzError('unavailable', brokenOff);
}

async function* eventsOf(reply: Response): AsyncGenerator<AskEvent> {
  const read: AskEvent[] = [];
  const parser = createParser({ onEvent: ({ event, data }) => read.push(parsed(event, data)) });
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new KibitzError('unavailable', brokenOff, undefined, { cause });
    });
    if (done) return;
    parser.feed(value);
    yield* read.splice(0);
  }
}

function parsed(event: string | undefined, data: string): AskEvent {
  try {
    return askEventSchema.parse({ event, data: JSON.parse(data) });
  } catch (cause) {
    throw new KibitzError('internal', unreadable, undefined, { cause });
  }
}
