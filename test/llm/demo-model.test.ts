import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createDemoModel, wordPieces } from '../../src/llm/demo-model.ts';
import type { ChatMessage } from '../../src/llm/language-model.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { drain, endOf, never, shown } from './fakes.ts';

const fast = createDemoModel({ clock: createManualClock(), tokensPerSecond: 0 });
const system = (content: string): ChatMessage => ({ role: 'system', content });
const user = (content: string): ChatMessage => ({ role: 'user', content });
const ada = system('You are Ada, a patient lighthouse keeper.\nThe room is called “Harbour”.');

async function reply(...messages: ChatMessage[]): Promise<string> {
  return shown((await drain(fast.stream({ messages }, never()))).parts);
}

const words = (text: string) => text.match(/\S+/g)?.length ?? 0;

test('it speaks to the person, by name, about what they said', async () => {
  const said = await reply(ada, user('Mira: The turbine vibrates whenever the wind turns north.'));
  expect(said).toContain('Mira');
  expect(said).toMatch(/turbine|vibrates/);
});

test('it greets by name and introduces itself by the name in the system message', async () => {
  const said = await reply(ada, user('Mira: Hello everyone!'));
  expect(said).toContain('Mira');
  expect(said).toContain('Ada');
});

test('[MD5] it cites the numbered sources of its prompt and no others', async () => {
  const sources = system(
    'Sources:\n[1] Turbine manual — Bearings are greased twice a year.\n[2] Log 1987 — A storm took the roof.',
  );
  const said = await reply(ada, sources, user('Mira: How often are the bearings greased?'));
  expect([...said.matchAll(/\[(\d+)\]/g)].map(([, number]) => number)).toEqual(['1', '2']);
  expect(said).toContain('greased twice a year');
});

test('asked what somebody said, it quotes them', async () => {
  const said = await reply(
    ada,
    user('Jon: The pump was replaced in May.'),
    user('Mira: I like tea.'),
    user('Mira: What did Jon say?'),
  );
  expect(said).toContain('The pump was replaced in May');
  expect(said).not.toContain('I like tea');
});

test('it uses a fact that belongs to the question', async () => {
  const facts = system('Facts known so far:\n- The cellar was dry on Monday.\n- The pump runs on 400 volts.');
  expect(await reply(ada, facts, user('Mira: So why does the pump stop, I wonder.'))).toContain('400 volts');
});

test.each([
  ['Mira: Give me a list of next steps for the bearings', /^1\. .*\n2\. /m],
  ['Mira: Write a python function for the bearings please', /```python\n[\s\S]+\n```/],
  ['Mira: Are you real?', /demo model/],
])('%s gets the fitting form', async (message, form) => {
  expect(await reply(ada, user(message))).toMatch(form);
});

test('a long reply is as long as asked for', async () => {
  expect(words(await reply(ada, user('Mira: Write 300 words about tides.')))).toBeGreaterThanOrEqual(300);
  expect(words(await reply(ada, user('Mira: Give me a long answer about tides.')))).toBeGreaterThanOrEqual(
    250,
  );
});

test('different messages get different replies', async () => {
  const messages = [
    'The wind is up.',
    'The wind is down.',
    'Who keeps the lamp?',
    'It rains in Hamburg.',
    'Lunch?',
  ];
  const replies = await Promise.all(messages.map((message) => reply(ada, user(`Mira: ${message}`))));
  expect(new Set(replies).size).toBe(messages.length);
});

const sentence = fc
  .array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), { maxLength: 60 })
  .map((all) => all.join(' '));
const message = fc.record({
  role: fc.constantFrom('system' as const, 'user' as const, 'assistant' as const),
  content: sentence,
});

test('[MD5] for any prompt it says something of a readable length, and the same again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 6 }), async (messages) => {
      const said = await reply(...messages);
      expect(await reply(...messages)).toBe(said);
      expect(words(said)).toBeGreaterThanOrEqual(30);
      expect(said).not.toMatch(/\{(who|me|topic|quote|other)\}/);
    }),
  );
});

test('ordinary messages get 40 to 120 words', async () => {
  const subjects = [
    'the backup job',
    'our garden plan',
    'chapter three',
    'DNS in the office',
    'a dragon at the gate',
  ];
  const forms = [
    'I looked at @ again today.',
    'Why does @ fail every night?',
    'hi',
    'thanks!',
    'List options for @.',
    'sum up @',
    'Who are you?',
  ];
  const backgrounds = [
    ada,
    system('You are Bo. Known facts:\n- It rained all week long in the valley.'),
    system('You are the narrator of a story.'),
    system('[1] Almanac — The moon pulls at the water twice a day, more or less, as far as anybody knows.'),
  ];
  for (const background of backgrounds) {
    for (const form of forms) {
      for (const subject of subjects) {
        const said = await reply(
          background,
          user('Jon: I would rather wait.'),
          user(`Mira: ${form.replace('@', subject)}`),
        );
        expect([said, words(said) >= 40 && words(said) <= 120]).toEqual([said, true]);
      }
    }
  }
});

test('the pieces of any text are the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (whole) => {
      expect(wordPieces(whole).join('')).toBe(whole);
      if (whole.isWellFormed()) expect(wordPieces(whole).every((piece) => piece.isWellFormed())).toBe(true);
    }),
  );
});

test('it keeps its pace, one piece an interval', async () => {
  const clock = createManualClock();
  const model = createDemoModel({ clock, tokensPerSecond: 50 });
  const iterator = model.stream({ messages: [user('Mira: hi')] }, never())[Symbol.asyncIterator]();
  let arrived = 0;
  for (let piece = 0; piece < 5; piece += 1) {
    const next = iterator.next().then(() => {
      arrived += 1;
    });
    clock.advance(19);
    await Promise.resolve();
    expect(arrived).toBe(piece);
    clock.advance(1);
    await next;
  }
  expect(arrived).toBe(5);
});

test('it stops at once when it is stopped', async () => {
  const clock = createManualClock();
  const model = createDemoModel({ clock, tokensPerSecond: 1 });
  const stop = new AbortController();
  const iterator = model.stream({ messages: [user('Mira: hi')] }, stop.signal)[Symbol.asyncIterator]();
  const first = iterator.next();
  stop.abort(new Error('stopped'));
  await expect(first).rejects.toThrow('stopped');
  expect(clock.pending).toBe(0);
});

test('as fast as possible still lets others run in between', async () => {
  let others = 0;
  const tick = () => {
    others += 1;
    if (others < 1_000) setImmediate(tick);
  };
  setImmediate(tick);
  await reply(user('Mira: Write 100 words.'));
  expect(others).toBeGreaterThan(50);
});

test('the end reports estimated usage, and maxTokens is kept', async () => {
  const { parts } = await drain(fast.stream({ messages: [user('Mira: hi')], maxTokens: 3 }, never()));
  expect(parts).toHaveLength(4);
  expect(endOf(parts)).toMatchObject({
    finish: 'length',
    usage: { promptTokens: 2, estimated: true },
    fallback: false,
  });
});

const call = { deadline: 1_000, messages: [] as ChatMessage[] };

test.each([
  ['Mira: what do you think, Bo?', 'b2', 'high'],
  ['Mira: anyone?', 'b1', 'low'],
])('who is addressed by "%s": %s', async (said, botId, confidence) => {
  const schema = z.object({
    botId: z.enum(['b1', 'b2']).nullable(),
    confidence: z.enum(['high', 'medium', 'low']),
    reason: z.string(),
  });
  const messages = [system('Bots:\n- b1: Ada\n- b2: Bo, who grumbles'), user(said)];
  const fallback = { botId: null, confidence: 'low' as const, reason: '' };
  const result = await fast.structured({ ...call, task: 'addressee', schema, fallback, messages }, never());
  expect(result).toMatchObject({ source: 'model', value: { botId, confidence } });
});

test('an unknown task gets a valid value of its schema', async () => {
  const schema = z.object({ items: z.array(z.string()), speak: z.boolean(), level: z.int().min(1).max(10) });
  const fallback = { items: ['x'], speak: true, level: 9 };
  const result = await fast.structured({ ...call, task: 'whatever', schema, fallback }, never());
  expect(result).toMatchObject({ source: 'model', value: { items: [], speak: false, level: 1 } });
});

test('a schema that no rule can fill gets the default', async () => {
  const schema = z.object({ code: z.string().regex(/^[A-Z]{3}-\d+$/) });
  const result = await fast.structured(
    { ...call, task: 'whatever', schema, fallback: { code: 'ABC-1' } },
    never(),
  );
  expect(result).toMatchObject({ source: 'default', value: { code: 'ABC-1' } });
});

test('an aborted structured call throws', async () => {
  const request = { ...call, task: 't', schema: z.null(), fallback: null };
  await expect(fast.structured(request, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
});
