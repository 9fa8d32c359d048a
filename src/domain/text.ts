import { z } from 'zod';
import { limits } from './limits.ts';

/**
 * Text from people and models as it may be stored: lone surrogates become U+FFFD (they cannot be encoded as UTF-8),
 * NUL goes (PostgreSQL refuses it).
 */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '');
}

/** Whether there is anything to see in a text: more than spaces, controls and invisible format characters. */
function isVisible(text: string): boolean {
  return /[^\p{Z}\p{Cc}\p{Cf}]/u.test(text);
}

/**
 * One line: control characters and line breaks become spaces, the ends are trimmed. Characters that turn the writing
 * direction go, since they reorder what is shown beside a name.
 */
function singleLine(text: string): string {
  return storableText(text)
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

/** The beginning of a text, without half a character at its end. */
export function cutTo(max: number, text: string): string {
  return text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
}

/** One line that is not blank. */
export const line = (max: number) =>
  z.string().max(max).transform(singleLine).refine(isVisible, 'must not be blank');

/** The same, but empty where there is nothing to see in it. */
export const optionalLine = (max: number) =>
  z
    .string()
    .max(max)
    .transform(singleLine)
    .transform((text) => (isVisible(text) ? text : ''));

export const idSchema = z
  .string()
  .min(1)
  .max(limits.id)
  .regex(/^[A-Za-z0-9_-]+$/, 'must be an id');

export const nameSchema = line(limits.name);

const anyName = line(Number.POSITIVE_INFINITY);

/** A name from elsewhere as it may be used here; undefined when there is nothing to see in it. */
export function fittingName(name: string): string | undefined {
  const whole = anyName.safeParse(name).data;
  return whole && nameSchema.safeParse(cutTo(limits.name, whole)).data;
}
export const titleSchema = line(limits.title);

/** What a person writes: kept as typed, but not blank. */
export const messageTextSchema = z
  .string()
  .max(limits.messageText)
  .transform(storableText)
  .refine(isVisible, 'must not be blank');

/** A text of several lines, without spaces around it, and not blank. */
const prose = (max: number) =>
  z
    .string()
    .max(max)
    .transform((text) => storableText(text).trim())
    .refine(isVisible, 'must not be blank');

/** The same, but empty where there is nothing to see in it. */
const optionalProse = (max: number) =>
  z
    .string()
    .max(max)
    .transform((text) => storableText(text).trim())
    .transform((text) => (isVisible(text) ? text : ''));

export const factTextSchema = prose(limits.factText);
/** May be empty: then nothing is said of where a fact comes from. */
export const factSummarySchema = optionalLine(limits.factSummary);
export const taskTextSchema = prose(limits.taskText);
/** May be empty: a check can come to nothing. */
export const taskAnswerSchema = optionalProse(limits.taskAnswer);
