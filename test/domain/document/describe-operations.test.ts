import { expect, test } from 'vitest';
import type { z } from 'zod';
import { describeOperations } from '../../../src/domain/document/describe-operations.ts';
import { operationSchemas } from '../../../src/domain/document/operations.ts';
import { limits } from '../../../src/domain/limits.ts';

const description = describeOperations();
const lines = description.split('\n');
const lineOf = (op: string) => lines.find((line) => line.startsWith(`{"op": "${op}"`)) ?? '';
const keysIn = (text: string) => new Set([...text.matchAll(/"(\w+)"\??:/g)].map(([, key]) => key));
const shapes: [string, z.ZodRawShape][] = Object.entries(operationSchemas).map(([op, { shape }]) => [
  op,
  shape,
]);

test('[DO9] the description has one line for each operation and no other', () => {
  expect(lines.filter((line) => line.startsWith('{'))).toHaveLength(shapes.length);
});

test.each(shapes)('[DO9] it tells every field of %s, what it means, and no other field', (op, shape) => {
  const inBlocks = 'blocks' in shape ? ['text', 'rests_on'] : [];
  expect(keysIn(lineOf(op))).toEqual(new Set([...Object.keys(shape), ...inBlocks]));
  for (const field of [...Object.keys(shape), ...inBlocks].filter((name) => name !== 'op')) {
    expect(description).toMatch(new RegExp(`^- ${field}: \\S`, 'm'));
  }
});

test.each(shapes)('[DO9] it tells of %s which fields may be left out', (op, shape) => {
  for (const [name, field] of Object.entries(shape) as [string, z.ZodType][]) {
    const mayBeLeftOut = field.safeParse(undefined).success;
    expect(lineOf(op)).toContain(`"${name}"${mayBeLeftOut ? '?' : ''}: `);
  }
});

test('[DO9] it tells the limits, and reads as it should', () => {
  expect(description).toContain(`${limits.documentOperations} operations`);
  expect(lines[1]).toBe(
    '{"op": "insert_block", "section_id": string, "after_block_id": string | null, "text": string, "rests_on"?: [string, …]} adds a block in the middle of a section',
  );
  expect(lineOf('add_section')).toContain(
    '"level"?: 1–6, "blocks"?: [{"text": string, "rests_on"?: [string, …]}, …]',
  );
});
