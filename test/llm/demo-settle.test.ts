import { expect, test } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { createDemoModel } from '../../src/llm/demo-model.ts';
import { settlement, settlementQuestion } from '../../src/turns/settlement.ts';

const model = createDemoModel({ clock: systemClock, tokensPerSecond: 0 });
const parties = [
  { id: 'mira', name: 'Mira', type: 'bot' as const },
  { id: 'odo', name: 'Odo', type: 'bot' as const },
  { id: 'ann', name: 'Ann', type: 'user' as const },
];
const message = (id: string, name: string, text: string, type: 'bot' | 'user') => ({
  messageId: id,
  author: { type, id: name.toLowerCase(), name },
  text,
  seq: 1,
  at: '',
  edited: false,
  versions: [],
});

test('the demo model tells what follows from an exchange: a memory for each bot, and how those there see each other', async () => {
  const exchange = [
    message('q', 'Ann', 'Thank you, Mira. I am a baker from Ghent. Where is the old lighthouse?', 'user'),
    message('a', 'Mira', 'The lighthouse stands past the salt road.', 'bot'),
  ];
  const { value, source } = await model.structured(
    {
      task: 'settle',
      messages: settlementQuestion(parties, [], exchange),
      schema: settlement,
      deadline: 1_000,
      fallback: { significance: 1, memories: [], edges: [] },
    },
    new AbortController().signal,
  );
  expect(source).toBe('model');
  expect(value.memories.map(({ witnessId }) => witnessId)).toEqual(['mira', 'odo']);
  expect(value.memories[0]?.text).toMatch(/^I said .*lighthouse/);
  expect(value.memories[1]?.text).toMatch(/^I heard Mira say/);
  expect(value.edges).toContainEqual(
    expect.objectContaining({ from: 'mira', to: 'ann', knowledge: ['Ann is a baker from Ghent'] }),
  );
  const toAnn = value.edges.find(({ from, to }) => from === 'mira' && to === 'ann');
  expect(toAnn?.trust).toBeGreaterThan(0);
});
