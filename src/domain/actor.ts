import { z } from 'zod';

/** Who did something: a person, a bot, or Kibitz by itself. */
export const actorSchema = z.object({ type: z.enum(['user', 'bot', 'system']), id: z.string() });
export type Actor = z.infer<typeof actorSchema>;
