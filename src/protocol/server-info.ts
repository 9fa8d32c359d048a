import { z } from 'zod';

/** `GET /api/server`: what the page should know before anybody signs in. */
export const serverInfoResult = z.object({
  protocolVersion: z.int(),
  /** Whether the built-in demo model answers because no endpoint is configured. */
  demoModel: z.boolean(),
  model: z.string(),
  signup: z.enum(['open', 'invite']),
});
export type ServerInfo = z.infer<typeof serverInfoResult>;
