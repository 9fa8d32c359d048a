import type { Bot } from '../../../src/domain/bot.ts';
import { api } from '../api/api.ts';

/**
 * Who is to answer in a room: the characters of its template, a bot of this person's, one that is made for it or comes as a
 * character card, or nobody.
 */
export type Answerer =
  | { who: 'cast' }
  | { who: 'mine'; botId: string }
  | { who: 'new'; name: string; persona: string }
  | { who: 'card'; file: File | undefined }
  | { who: 'nobody' };

export const firstAnswerer: Answerer = {
  who: 'new',
  name: 'Kibitz',
  persona: 'You are Kibitz, a helpful assistant. You are friendly, clear and to the point.',
};

/** Whether all has been said that it takes. */
export function isReady(answerer: Answerer): boolean {
  if (answerer.who === 'new') return answerer.name.trim() !== '';
  return answerer.who !== 'card' || answerer.file !== undefined;
}

/** Makes the bot where there is none yet; undefined where there is nothing to make. */
export async function madeBot(answerer: Answerer): Promise<Bot | undefined> {
  if (answerer.who === 'new') {
    return api.newBot({ name: answerer.name.trim(), persona: answerer.persona });
  }
  return answerer.who === 'card' && answerer.file !== undefined ? api.importBot(answerer.file) : undefined;
}
