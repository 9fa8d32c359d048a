import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand } from '../command.ts';
import { requireRole } from '../permissions.ts';
import { idSchema } from '../text.ts';

/**
 * Has a bot forget what it remembers and feels, and others what they feel about it; it stays in the room. While turns are open
 * there is what will follow from them, which it is not to remember either.
 */
export const botReset = defineCommand({
  args: z.object({ botId: idSchema }),
  decide({ botId }, state, { actor }) {
    requireRole(state, actor, 'moderator');
    const bot = state.bots.find((candidate) => candidate.botId === botId);
    if (bot === undefined) throw new KibitzError('not_found', 'There is no such bot in this room.');
    const { name, role } = bot;
    if (!state.touchedBots.includes(botId) && state.turns.length === 0) {
      return { events: [], result: { botId } };
    }
    return { events: [{ kind: 'bot.reset', actor, data: { botId, name, role } }], result: { botId } };
  },
});
