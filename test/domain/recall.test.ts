import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recall } from '../../src/domain/recall.ts';
import type { Memory } from '../../src/domain/relationships.ts';

const memory = (text: string, significance = 5, seq = 1): Memory => ({
  memoryId: `${seq}-${text}`,
  witnessId: 'ada',
  text,
  significance,
  cause: 'm',
  place: { seq, slot: 's' },
});
const order = (memories: Memory[], spokenOf: string[] = []) =>
  recall(memories, spokenOf).map(({ memory: { text } }) => text);

test('[CQ7] the newer, the weightier and what is being spoken of come first', () => {
  expect(order([memory('new'), memory('old')])).toEqual(['new', 'old']);
  expect(order([memory('small', 2), memory('great', 9)])).toEqual(['great', 'small']);
  const memories = [
    memory('The soup was cold'),
    memory('She hid the key under the stone'),
    memory('It rained'),
  ];
  expect(order(memories, ['Where is the key?'])[0]).toBe('She hid the key under the stone');
});

test('[CQ7] each of the three counts from 0 to 1, and none is lost', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string(), fc.integer({ min: 1, max: 10 })), { maxLength: 30 }),
      fc.array(fc.string()),
      (list, spokenOf) => {
        const memories = list.map(([text, significance], index) => memory(text, significance, index + 1));
        const recalled = recall(memories, spokenOf);
        expect(new Set(recalled.map((one) => one.memory))).toEqual(new Set(memories));
        for (const { recency, relevance, importance } of recalled) {
          for (const part of [recency, relevance, importance]) {
            expect(part).toBeGreaterThanOrEqual(0);
            expect(part).toBeLessThanOrEqual(1 + 1e-9);
          }
        }
      },
    ),
  );
});
