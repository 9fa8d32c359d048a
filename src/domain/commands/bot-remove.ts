import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand } from '../command.ts';
import type { NewEvent } from '../event.ts';
import { requireRole } from '../permissions.ts';
import { idSchema } from '../text.ts';

/** Sends a bot away. When the host goes, the bot that came next becomes the host. */
export const botRemove = defineCommand({
  args: z.object({ botId: idSchema }),
  decide({ botId }, state, { actor }) {
    requireRole(state, actor, 'moderator');
    const bot = state.bots.find((candidate) => candidate.botId === botId);
    if (bot === undefined) throw new KibitzError('not_found', 'There is no such bot in this room.');
    const heir = bot.role === 'host' ? state.bots.find((candidate) => candidate.botId !== botId) : undefined;
    const promoted: NewEvent[] =
      heir === undefined
        ? []
        : [{ kind: 'bot.joined', actor, data: { botId: heir.botId, name: heir.name, role: 'host' } }];
    const { name, role } = bot;
    return {
      events: [{ kind: 'bot.left', actor, data: { botId, name, role } }, ...promoted],
      result: { botId },
    };
  },
});
