import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand } from '../command.ts';
import type { NewEvent } from '../event.ts';
import { limits } from '../limits.ts';
import { roomBotSchema } from '../room-state.ts';
import { settingsSchema, templateSchema } from '../settings.ts';
import { titleSchema } from '../text.ts';

/** Opens a room's log: what it is, its owner, and its bots, the first of which is the host. */
export const roomCreate = defineCommand({
  args: z.object({
    title: titleSchema,
    template: templateSchema,
    settings: settingsSchema,
    ownerName: z.string(),
    bots: z.array(roomBotSchema.omit({ role: true })).max(limits.bots),
  }),
  decide({ title, template, settings, ownerName, bots }, state, { actor }) {
    if (state.seq > 0) throw new KibitzError('conflict', 'This room exists already.');
    if (new Set(bots.map((bot) => bot.botId)).size < bots.length) {
      throw new KibitzError('invalid', 'A bot can be in a room only once.', { field: 'bots' });
    }
    const events: NewEvent[] = [
      { kind: 'room.created', actor, data: { title, template, settings } },
      { kind: 'member.joined', actor, data: { userId: actor.id, name: ownerName, role: 'owner' } },
      ...bots.map(
        (bot, index): NewEvent => ({
          kind: 'bot.joined',
          actor,
          data: { ...bot, role: index === 0 ? 'host' : 'guest' },
        }),
      ),
    ];
    return { events, result: {} };
  },
});
