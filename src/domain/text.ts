import { z } from 'zod';
import { limits } from './limits.ts';

/**
 * Text from people and models as it may be stored: lone surrogates become U+FFFD (they cannot be encoded as UTF-8),
 * NUL goes (PostgreSQL refuses it).
 */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '');
}

/** One line: control characters and line breaks become spaces, the ends are trimmed. */
function singleLine(text: string): string {
  return storableText(text)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

const line = (max: number) =>
  z
    .string()
    .max(max)
    .transform(singleLine)
    .refine((text) => text.length > 0, 'must not be blank');

export const idSchema = z
  .string()
  .min(1)
  .max(limits.id)
  .regex(/^[A-Za-z0-9_-]+$/, 'must be an id');

export const nameSchema = line(limits.name);
export const titleSchema = line(limits.title);

/** What a person writes: kept as typed, but not blank. */
export const messageTextSchema = z
  .string()
  .max(limits.messageText)
  .transform(storableText)
  .refine((text) => text.trim().length > 0, 'must not be blank');
