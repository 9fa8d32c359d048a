import { z } from 'zod';
import { grantableRoleSchema, roleSchema } from '../domain/roles.ts';
import { nameSchema } from '../domain/text.ts';

/** `POST /api/rooms/:id/invites` */
export const newInviteBody = z.object({
  role: grantableRoleSchema,
  expiresInHours: z
    .number()
    .positive()
    .max(24 * 365)
    .optional(),
  maxUses: z.int().positive().max(100_000).optional(),
});

/** An invite without its secret; null where there is no limit. */
export const inviteSchema = z.object({
  id: z.string(),
  role: grantableRoleSchema,
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  maxUses: z.number().nullable(),
  uses: z.number(),
  revoked: z.boolean(),
});
export type Invite = z.infer<typeof inviteSchema>;

/** The token and its link are told once: only a hash of the token is kept. */
export const newInviteResult = z.object({ invite: inviteSchema, token: z.string(), url: z.string() });
export const inviteListResult = z.object({ invites: z.array(inviteSchema) });

/** `POST /api/join`: `name` is for those who have no session yet. */
export const joinBody = z.object({ token: z.string().min(1).max(200), name: nameSchema.optional() });
export const joinResult = z.object({ roomId: z.string(), role: roleSchema });
