import type { z } from 'zod';
import { isJsonObject, type JsonObject } from '../json.ts';
import { isRefusal, type Refusal } from './find.ts';
import { type OlderOperation, olderOperationSchemas } from './older-operations.ts';
import { type Operation, operationSchemas } from './operations.ts';

export type ParsedOperation =
  | { form: 'native'; operation: Operation }
  | { form: 'older'; operation: OlderOperation };

/** Reads one operation, in whichever form it is written. One that does not fit is refused by the field that does not. */
export function parseOperation(raw: unknown): ParsedOperation | Refusal {
  if (!isJsonObject(raw)) return { reason: 'operation: must be an object' };
  const { op } = raw;
  if (!isNamed(operationSchemas, op)) return { reason: 'op: is not an operation' };
  const given = asGiven(raw);
  if (isOlder(given) && isNamed(olderOperationSchemas, op)) {
    const operation = read<OlderOperation>(olderOperationSchemas[op], given);
    return isRefusal(operation) ? operation : { form: 'older', operation };
  }
  const operation = read<Operation>(operationSchemas[op], given);
  return isRefusal(operation) ? operation : { form: 'native', operation };
}

function isNamed<T extends object>(schemas: T, op: unknown): op is keyof T {
  return typeof op === 'string' && Object.hasOwn(schemas, op);
}

function read<T extends object>(schema: z.ZodType<T>, given: JsonObject): T | Refusal {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return { reason: `${issue?.path.join('.') || 'operation'}: ${issue?.message}` };
}

/** Read as models write: null for what is not given, and a block that is only its text. */
function asGiven(raw: JsonObject): JsonObject {
  const given = Object.entries(raw).filter(([key, value]) => value !== null || key === 'after_block_id');
  const blocks = Array.isArray(raw.blocks)
    ? { blocks: raw.blocks.map((block: unknown) => (typeof block === 'string' ? { text: block } : block)) }
    : {};
  return { ...Object.fromEntries(given), ...blocks };
}

/** Whether it names a block by its place or gives one a type. What names a block by its id never does. */
function isOlder(given: JsonObject): boolean {
  if (['text', 'block_id', 'after_block_id'].some((key) => key in given)) return false;
  if ('index' in given || 'block' in given) return true;
  return Array.isArray(given.blocks) && given.blocks.some((block) => isJsonObject(block) && 'type' in block);
}
