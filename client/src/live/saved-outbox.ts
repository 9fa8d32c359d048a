import { z } from 'zod';
import type { Outbox } from '../store/outbox.ts';

const key = 'kibitz.outbox';
const savedSchema = z.array(
  z.object({
    commandId: z.string(),
    roomId: z.string(),
    text: z.string(),
    replyTo: z.string().optional(),
    writtenAt: z.string(),
  }),
);

/** What this tab had not sent before it was reloaded; it is sent again under the same ids. */
export function savedOutbox(): Outbox {
  try {
    const saved = savedSchema.parse(JSON.parse(sessionStorage.getItem(key) ?? '[]'));
    return saved.map(({ replyTo, ...message }) => ({
      ...message,
      ...(replyTo === undefined ? {} : { replyTo }),
      status: 'waiting',
    }));
  } catch {
    return [];
  }
}

export function saveOutbox(outbox: Outbox): void {
  const open = outbox.filter((message) => message.status !== 'sent');
  try {
    sessionStorage.setItem(key, JSON.stringify(open));
  } catch {
    // Storage is full or switched off: the outbox then lives as long as the tab.
  }
}
