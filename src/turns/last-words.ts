import type { OfferedSource } from '../domain/offered-source.ts';
import type { RoomBot } from '../domain/room-state.ts';
import type { Checkpoint } from '../eventlog/turn-lock.ts';

/** A running reply as tabs were shown it; `gen` counts how often it was begun anew. */
export type KeptDraft = {
  messageId: string;
  botId: string;
  gen: number;
  text: string;
  sources?: OfferedSource[] | undefined;
};

type Left = {
  turnId: string;
  checkpoint: Checkpoint | undefined;
  draft: KeptDraft | undefined;
  /** Who may have written what was not written down. */
  bots: readonly Pick<RoomBot, 'botId' | 'name'>[];
};

/**
 * The words of a turn whose holder is gone: what it had written down or, where people were shown more than that, what they
 * were shown.
 */
export function lastWords({ turnId, checkpoint, draft, bots }: Left): Checkpoint | undefined {
  if (draft === undefined || draft.text === '') return checkpoint;
  const { messageId, botId, gen, text, sources } = draft;
  if (checkpoint === undefined) {
    const bot = bots.find((one) => one.botId === botId);
    if (bot === undefined) return undefined;
    const author = { type: 'bot' as const, id: botId, name: bot.name };
    const message = { messageId, author, text, ...(sources && { sources }), truncated: true };
    return { turnId, message: gen > 0 ? { ...message, fallback: true } : message };
  }
  const { message } = checkpoint;
  if (messageId !== message.messageId) return checkpoint;
  if (gen > 0 && message.fallback !== true) {
    // The second model took over after that was written down: none of it stands any more.
    const { citations, ...rest } = message;
    return { turnId, message: { ...rest, text, fallback: true, ...(citations && { citations: [] }) } };
  }
  return text.startsWith(message.text) ? { turnId, message: { ...message, text } } : checkpoint;
}
