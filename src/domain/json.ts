import { z } from 'zod';

/** A JSON object that is carried rather than understood. */
export type JsonObject = { [key: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value nests deeper than `levels`; asked first, since writing very deep values out overflows the stack. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

/** Levels that carried JSON may nest. */
export const maxDepth = 32;

/** Whether a value fits in `length` characters of JSON and nests no deeper than it may. */
export function fitsIn(length: number, value: unknown): boolean {
  return !isDeeperThan(maxDepth, value) && JSON.stringify(value).length <= length;
}

/** A JSON object of at most `length` characters, kept as it is: its keys are data, `__proto__` included. */
export const jsonObject = (length: number) =>
  z
    .custom<JsonObject>(isJsonObject, { error: 'must be an object', abort: true })
    .refine((value) => fitsIn(length, value), `must be at most ${length} characters of JSON`);
