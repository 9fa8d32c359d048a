import { z } from 'zod';
import { KibitzError } from '../lib/errors.ts';
import type { Actor, EventData, NewEvent } from './event.ts';
import { limits } from './limits.ts';
import { roomBotSchema } from './room-state.ts';
import { settingsSchema, templateSchema } from './settings.ts';
import { titleSchema } from './text.ts';

/** A bot that is in a room from its beginning. */
export const newcomerSchema = roomBotSchema.pick({ botId: true, name: true });

/** What a room begins with; the first of its bots is the host. */
export const openingSchema = z.object({
  title: titleSchema,
  template: templateSchema,
  settings: settingsSchema,
  ownerName: z.string(),
  bots: z.array(newcomerSchema).max(limits.bots),
});
type Opening = z.infer<typeof openingSchema>;

/** A room's first events: what it is, its owner, and its bots. */
export function openingEvents(
  actor: Actor,
  { title, template, settings, ownerName, bots }: Opening,
  more: Pick<EventData<'room.created'>, 'origin' | 'numbering'> = {},
): NewEvent[] {
  if (new Set(bots.map((bot) => bot.botId)).size < bots.length) {
    throw new KibitzError('invalid', 'A bot can be in a room only once.', { field: 'bots' });
  }
  const data = { title, template, settings, ...more };
  return [
    { kind: 'room.created', actor, data },
    { kind: 'member.joined', actor, data: { userId: actor.id, name: ownerName, role: 'owner' } },
    ...bots.map(
      ({ botId, name }, index): NewEvent => ({
        kind: 'bot.joined',
        actor,
        data: { botId, name, role: index === 0 ? 'host' : 'guest' },
      }),
    ),
  ];
}
