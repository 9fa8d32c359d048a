import { z } from 'zod';
import { idSchema, messageTextSchema } from '../domain/text.ts';

/** `POST /api/ask`; answered by server-sent events `sources`, `token`*, then `done` or `error`, each with JSON. */
export const askBody = z.object({
  roomId: idSchema,
  query: messageTextSchema,
  conversationId: idSchema.optional(),
  botId: idSchema.optional(),
  voiceWeight: z.number().min(0).max(1).optional(),
});
