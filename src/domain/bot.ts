import { z } from 'zod';
import { limits } from './limits.ts';
import { line, nameSchema, storableText } from './text.ts';

const prose = (max: number) => z.string().max(max).transform(storableText);

/** What makes a bot: `talkativeness` 0–1 says how readily it speaks unasked, `model` overrides the server's. */
export const botProfileSchema = z.object({
  name: nameSchema,
  persona: prose(limits.persona),
  greeting: prose(limits.greeting).optional(),
  talkativeness: z.number().min(0).max(1).optional(),
  model: line(200).optional(),
});
export type BotProfile = z.infer<typeof botProfileSchema>;

export const botSchema = botProfileSchema.extend({ id: z.string() });
export type Bot = z.infer<typeof botSchema>;
