import { z } from 'zod';
import { offeredSourceSchema } from '../domain/offered-source.ts';
import { idSchema, messageTextSchema } from '../domain/text.ts';
import { errorSchema } from './result.ts';

/** `POST /api/ask`; answered by server-sent events `sources`, `token`*, then `done` or `error`, each with JSON. */
export const askBody = z.object({
  roomId: idSchema,
  query: messageTextSchema,
  conversationId: idSchema.optional(),
  botId: idSchema.optional(),
  voiceWeight: z.number().min(0).max(1).optional(),
});

/** An event of the answer, its name beside its data. A higher `gen` starts the text over. */
export const askEventSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('sources'),
    data: z.object({ sources: z.array(offeredSourceSchema), tier: z.string() }),
  }),
  z.object({
    event: z.literal('token'),
    data: z.object({ text: z.string(), gen: z.int().nonnegative() }),
  }),
  z.object({
    event: z.literal('done'),
    data: z.object({
      conversationId: idSchema,
      tier: z.string(),
      fallback: z.boolean(),
      citations: z.array(z.int().positive()),
      /** Whether the answer broke off. */
      truncated: z.boolean(),
    }),
  }),
  z.object({ event: z.literal('error'), data: errorSchema }),
]);
export type AskBody = z.infer<typeof askBody>;
export type AskEvent = z.infer<typeof askEventSchema>;
