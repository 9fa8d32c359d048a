import { z } from 'zod';
import { limits } from '../domain/limits.ts';
import { nameSchema, storableText } from '../domain/text.ts';

const prose = (max: number) => z.string().max(max).transform(storableText);

/** What makes a bot: `talkativeness` 0–1 says how readily it speaks unasked, `model` overrides the server's. */
export const botProfileSchema = z.object({
  name: nameSchema,
  persona: prose(limits.persona),
  greeting: prose(limits.greeting).optional(),
  talkativeness: z.number().min(0).max(1).optional(),
  model: z.string().min(1).max(200).optional(),
});
export type BotProfile = z.infer<typeof botProfileSchema>;

export const botSchema = botProfileSchema.extend({ id: z.string() });
export type Bot = z.infer<typeof botSchema>;

/** `PATCH /api/bots/:id` */
export const botPatchBody = botProfileSchema.partial();
export const botResult = z.object({ bot: botSchema });
export const botListResult = z.object({ bots: z.array(botSchema) });
