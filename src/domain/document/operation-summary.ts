import { z } from 'zod';
import { isJsonObject } from '../json.ts';
import { cutTo } from '../text.ts';
import type { OlderOperation } from './older-operations.ts';
import { type Operation, reference } from './operations.ts';

/** What an operation names, without the text of blocks. */
export const operationSummarySchema = z.object({
  op: z.string(),
  section_id: z.string().optional(),
  block_id: z.string().optional(),
  after_block_id: z.string().nullable().optional(),
  index: z.int().optional(),
  heading: z.string().optional(),
  level: z.int().optional(),
  after_section_id: z.string().optional(),
  new_id: z.string().optional(),
  new_heading: z.string().optional(),
  /** The id that an added section got. */
  assigned_id: z.string().optional(),
});
export type OperationSummary = z.infer<typeof operationSummarySchema>;

export const skippedOperationSchema = operationSummarySchema.extend({ reason: z.string() });
export type SkippedOperation = z.infer<typeof skippedOperationSchema>;

export function summaryOf(operation: Operation | OlderOperation): OperationSummary {
  return operationSummarySchema.parse(operation);
}

/** What can be told of an operation that does not fit. */
export function summaryOfMalformed(raw: unknown): OperationSummary {
  const { op, section_id } = isJsonObject(raw) ? raw : {};
  const section = reference.safeParse(section_id);
  return {
    op: typeof op === 'string' ? cutTo(40, op) : '',
    ...(section.success ? { section_id: section.data } : {}),
  };
}
