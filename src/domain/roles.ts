import { z } from 'zod';

/** From least to most; a role may do all that those before it may. */
export const roles = ['spectator', 'participant', 'moderator', 'owner'] as const;

export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** What an invite or a change of role can give: a room keeps the owner it was made with. */
export const grantableRoleSchema = z.enum(['spectator', 'participant', 'moderator']);
export type GrantableRole = z.infer<typeof grantableRoleSchema>;

export function atLeast(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least);
}
