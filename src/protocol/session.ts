import { z } from 'zod';
import { nameSchema, titleSchema } from '../domain/text.ts';

export const userSchema = z.object({ id: z.string(), name: z.string() });
export type User = z.infer<typeof userSchema>;

/** `POST /api/session` */
export const newSessionBody = z.object({ name: nameSchema });
export const sessionResult = z.object({ user: userSchema });

/** `POST /api/tokens`: a token for scripts, shown once. */
export const newTokenBody = z.object({ label: titleSchema });
export const newTokenResult = z.object({ token: z.string() });
