import { z } from 'zod';
import { botProfileSchema, botSchema } from '../domain/bot.ts';

const { avatar, scenario, greeting, examples, talkativeness, model, lorebook, voice } =
  botProfileSchema.shape;

/** `POST /api/bots`. A card comes in by `POST /api/bots/import` alone, which checks it. */
export const newBotBody = botProfileSchema.omit({ card: true });
/** `PATCH /api/bots/:id`: what is named changes, null takes away what a bot can do without. */
export const botPatchBody = newBotBody.partial().extend({
  avatar: avatar.nullable(),
  scenario: scenario.nullable(),
  greeting: greeting.nullable(),
  examples: examples.nullable(),
  talkativeness: talkativeness.nullable(),
  model: model.nullable(),
  lorebook: lorebook.nullable(),
  voice: voice.nullable(),
});
export const botResult = z.object({ bot: botSchema });
/** `GET /api/bots` tells what a list shows; the rest is asked for by the bot. */
export const botListResult = z.object({ bots: z.array(botSchema.omit({ lorebook: true, card: true })) });

/** `GET /api/bots/:id/card` */
export const cardQuery = z.object({ format: z.enum(['json', 'png']).default('json') });
