import { z } from 'zod';
import { jsonObject } from './json.ts';
import { limits } from './limits.ts';
import { lorebookSchema } from './lorebook.ts';
import { pictureSchema } from './picture.ts';
import { line, nameSchema, storableText } from './text.ts';
import { voiceSchema } from './voice.ts';

const prose = (max: number) => z.string().max(max).transform(storableText);

/** What makes a bot: `talkativeness` 0–1 says how readily it speaks unasked, `model` overrides the server's. */
export const botProfileSchema = z.object({
  name: nameSchema,
  avatar: pictureSchema.optional(),
  persona: prose(limits.persona),
  /** Where and how it is met. */
  scenario: prose(limits.scenario).optional(),
  greeting: prose(limits.greeting).optional(),
  /** Talks that show how it speaks; `<START>` begins each. */
  examples: prose(limits.examples).optional(),
  talkativeness: z.number().min(0).max(1).optional(),
  model: line(200).optional(),
  /** How it speaks, mixed in by the room's `settings.voiceWeight`. */
  voice: voiceSchema.optional(),
  lorebook: lorebookSchema.optional(),
  /** The character card it was imported from, as V3 and without its lorebook: kept for export alone. */
  card: jsonObject(limits.card).optional(),
});
export type BotProfile = z.infer<typeof botProfileSchema>;

export const botSchema = botProfileSchema.extend({ id: z.string() });
export type Bot = z.infer<typeof botSchema>;
