import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand } from '../command.ts';
import type { NewEvent } from '../event.ts';
import { greetingOf } from '../greeting.ts';
import { limits } from '../limits.ts';
import { requireRole } from '../permissions.ts';
import { idSchema } from '../text.ts';

/**
 * Brings a bot in, which says its greeting. The first is the host; a new host makes the old one a guest. `name` and
 * `greeting` are the bot's, looked up by the server.
 */
export const botAdd = defineCommand({
  args: z.object({
    botId: idSchema,
    role: z.enum(['host', 'guest']).optional(),
    name: z.string(),
    greeting: z.string().optional(),
  }),
  decide({ botId, role, name, greeting }, state, { actor, newId }) {
    const member = requireRole(state, actor, 'moderator');
    const host = state.bots.find((bot) => bot.role === 'host');
    // A room with bots has a host: it stops being one when another becomes it, or when it goes.
    const wanted = host === undefined || host.botId === botId ? 'host' : (role ?? 'guest');
    const present = state.bots.find((bot) => bot.botId === botId);
    if (present?.role === wanted)
      throw new KibitzError('conflict', `${present.name} is in this room already.`);
    if (present === undefined && state.bots.length >= limits.bots) {
      throw new KibitzError('conflict', `A room holds at most ${limits.bots} bots.`);
    }
    const demoted: NewEvent[] =
      wanted === 'host' && host !== undefined
        ? [{ kind: 'bot.joined', actor, data: { botId: host.botId, name: host.name, role: 'guest' } }]
        : [];
    const joined: NewEvent = { kind: 'bot.joined', actor, data: { botId, name, role: wanted } };
    const greeted =
      present === undefined ? greetingOf({ botId, name, greeting }, member.name, state, newId) : [];
    return {
      events: [...demoted, joined, ...greeted],
      result: { botId },
    };
  },
});
