import { z } from 'zod';
import { botProfileSchema, botSchema } from '../domain/bot.ts';

/** `POST /api/bots` */
export const newBotBody = botProfileSchema;
/** `PATCH /api/bots/:id` */
export const botPatchBody = botProfileSchema.partial();
export const botResult = z.object({ bot: botSchema });
export const botListResult = z.object({ bots: z.array(botSchema) });
