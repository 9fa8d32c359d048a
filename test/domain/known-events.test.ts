import { expect, test } from 'vitest';
import { type Known, knownUpTo } from '../../src/domain/known-events.ts';

const by = { type: 'user' as const, id: 'pat' };
const asked = { kind: 'question' as const, by, at: '2026-01-01T00:00:00.000Z', status: 'open' as const };
const worded = (cause: string, before: string, text: string) => ({ taskId: 't1', cause, before, text, by });

test('[FK5] a task is taken along as it was asked up to the last message, and without a later answer', () => {
  const known: Known = {
    facts: [],
    tasks: [
      { ...asked, taskId: 't1', text: 'third', cause: 'm1', place: 3 },
      {
        ...{ ...asked, taskId: 't2', text: 'else', place: 4, status: 'answered', answer: 'This.' },
        answered: { by, at: asked.at, messageId: 'm3' },
      },
    ],
    wordings: [worded('m2', 'first', 'second'), worded('m3', 'second', 'third')],
  };
  const upTo = (...ids: string[]) =>
    knownUpTo(known, new Set(ids), 9).tasks.map(({ text, status }) => [text, status]);
  expect(upTo('m1', 'm2', 'm3')).toEqual([
    ['third', 'open'],
    ['else', 'answered'],
  ]);
  expect(upTo('m1', 'm2')).toEqual([
    ['second', 'open'],
    ['else', 'open'],
  ]);
  expect(upTo('m1')).toEqual([
    ['first', 'open'],
    ['else', 'open'],
  ]);
});
