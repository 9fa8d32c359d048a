import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand } from '../command.ts';
import type { NewEvent } from '../event.ts';
import { greetingOf } from '../greeting.ts';
import { limits } from '../limits.ts';
import { newcomerSchema, openingEvents, openingSchema } from '../opening.ts';
import { sceneSchema } from '../scene.ts';

/**
 * Opens a room's log: what it is, its owner, its bots, the first of which is the host, the scene it begins in, and what
 * the bots say as they come in.
 */
export const roomCreate = defineCommand({
  args: openingSchema.extend({
    bots: z.array(newcomerSchema.extend({ greeting: z.string().optional() })).max(limits.bots),
    scene: sceneSchema.omit({ sceneId: true }).optional(),
  }),
  decide({ scene: words, ...opening }, state, { actor, newId }) {
    if (state.seq > 0) throw new KibitzError('conflict', 'This room exists already.');
    const scene = words === undefined ? null : { sceneId: newId(), ...words };
    const opened: NewEvent[] = scene === null ? [] : [{ kind: 'scene.opened', actor, data: scene }];
    const greetings = opening.bots.flatMap((bot) => greetingOf(bot, opening.ownerName, { scene }, newId));
    return { events: [...openingEvents(actor, opening), ...opened, ...greetings], result: {} };
  },
});
