import { jsonrepair } from 'jsonrepair';
import { z } from 'zod';
import { findJsonSpans } from './find-json-spans.ts';

export type Parsed<T> = { ok: true; value: T } | { ok: false; problem: string };

const mostProblemCharacters = 600;

/**
 * The first JSON value in `text` that `schema` accepts: the whole text, or an object or array in a code fence or
 * between prose. Values as they stand go before values that `jsonrepair` had to mend (trailing commas, single quotes,
 * comments, a missing end); a value wrapped in an object of one key or a list of one is unwrapped. Never throws;
 * `problem` says in a few lines what was wrong, in words a model can act on.
 */
export function parseTolerant<T>(text: string, schema: z.ZodType<T>): Parsed<T> {
  const spans = findJsonSpans(text);
  let problem = 'There was no JSON value in the answer.';
  let found = false;
  for (const read of [readStrict, readMended]) {
    for (const candidate of read === readStrict ? [text, ...spans] : spans) {
      for (const value of unwrapped(read(candidate))) {
        const result = check(value, schema);
        if (result.ok) return result;
        if (!found) problem = result.problem;
        found = true;
      }
    }
  }
  return { ok: false, problem: problem.slice(0, mostProblemCharacters) };
}

function readStrict(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readMended(text: string): unknown {
  // An unclosed value runs to the end of the text, and so over the fence that closed it.
  const [beforeFence = ''] = text.split(/\n\s*```/, 1);
  for (const candidate of beforeFence === text ? [text] : [text, beforeFence]) {
    try {
      return JSON.parse(jsonrepair(candidate));
    } catch {
      // Beyond repair, or nested too deeply for the repairer.
    }
  }
  return undefined;
}

/** The value, then what it wraps. JSON has no `undefined`, so that stands for "no value". */
function unwrapped(value: unknown): unknown[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null) return [value];
  const inner: unknown[] = Object.values(value);
  return inner.length === 1 ? [value, inner[0]] : [value];
}

function check<T>(value: unknown, schema: z.ZodType<T>): Parsed<T> {
  try {
    const result = schema.safeParse(value);
    return result.success
      ? { ok: true, value: result.data }
      : { ok: false, problem: z.prettifyError(result.error) };
  } catch (error) {
    // A schema's own transform may throw, and a deeply nested value may overflow the stack.
    return { ok: false, problem: error instanceof Error ? error.message : 'The value could not be checked.' };
  }
}
