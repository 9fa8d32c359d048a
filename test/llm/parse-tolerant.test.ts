import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseTolerant } from '../../src/llm/parse-tolerant.ts';

const choice = z.object({ id: z.string(), confidence: z.enum(['high', 'low']) });
const answer = { id: 'ada', confidence: 'high' };
const json = JSON.stringify(answer);

test.each([
  ['plain', json],
  ['in a code fence', `\`\`\`json\n${json}\n\`\`\``],
  ['in a fence with prose around', `Sure! Here it is:\n\n\`\`\`\n${json}\n\`\`\`\nAnything else?`],
  ['between prose', `I think it is ${json}, as [1] says.`],
  ['behind another value', `{"thought": "hm"} and then ${json}`],
  ['behind brackets that never close', `first [ this { and ${json}`],
  ['with a trailing comma', '{"id": "ada", "confidence": "high",}'],
  ['with single quotes', "{'id': 'ada', 'confidence': 'high'}"],
  ['with bare keys', '{id: "ada", confidence: "high"}'],
  ['with a comment', '{"id": "ada", // her\n "confidence": "high"}'],
  ['with its end missing', '{"id": "ada", "confidence": "high"'],
  ['with its end missing in a fence', '```json\n{"id": "ada", "confidence": "high"\n```\nDone.'],
  ['wrapped in an object', `{"result": ${json}}`],
  ['wrapped in a list', `[${json}]`],
])('reads an answer %s', (_, text) => {
  expect(parseTolerant(text, choice)).toEqual({ ok: true, value: answer });
});

test('brackets and quotes inside strings end nothing', () => {
  const value = { text: 'a } b ] c " d { \\' };
  expect(parseTolerant(`so: ${JSON.stringify(value)} ok`, z.object({ text: z.string() }))).toEqual({
    ok: true,
    value,
  });
});

test('a scalar is read where a scalar is wanted', () => {
  expect(parseTolerant(' 42\n', z.number())).toEqual({ ok: true, value: 42 });
});

test('prose is not made into a string by the repair', () => {
  expect(parseTolerant('I would rather not.', z.string()).ok).toBe(false);
});

test('the first value that validates wins', () => {
  const text = '{"id":"a","confidence":"low"} {"id":"b","confidence":"low"}';
  expect(parseTolerant(text, choice)).toMatchObject({ value: { id: 'a' } });
});

test('the problem names the field that was wrong', () => {
  const parsed = parseTolerant('{"id":"ada","confidence":"enormous"}', choice);
  expect(parsed.ok ? '' : parsed.problem).toContain('confidence');
});

test('the problem says when there was no JSON at all', () => {
  expect(parseTolerant('no idea', choice)).toEqual({
    ok: false,
    problem: 'There was no JSON value in the answer.',
  });
});

test('hostile nesting is refused, quickly and without overflowing the stack', () => {
  for (const text of [
    '['.repeat(200_000),
    '{"a":'.repeat(50_000),
    `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  ]) {
    const begun = performance.now();
    expect(parseTolerant(text, choice).ok).toBe(false);
    expect(performance.now() - begun).toBeLessThan(2_000);
  }
});

test('a schema that throws counts as not fitting', () => {
  const throwing = z.string().transform((): string => {
    throw new Error('boom');
  });
  expect(parseTolerant('"x"', throwing)).toEqual({ ok: false, problem: 'boom' });
});

const jsonish = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('{', '}', '[', ']', '"', "'", ',', ':', '\\', '```', '\n', 'a', '1', 'null', ' '))
    .map((all) => all.join('')),
);

test('[MD3] never throws for any text, and a value always fits the schema', () => {
  const schemas: z.ZodType<unknown>[] = [
    choice,
    z.array(z.number()),
    z.looseObject({ a: z.string().optional() }),
    z.union([z.null(), z.number()]),
  ];
  fc.assert(
    fc.property(jsonish, fc.constantFrom(...schemas), (raw, schema) => {
      const parsed = parseTolerant(raw, schema);
      if (parsed.ok) expect(schema.safeParse(parsed.value).success).toBe(true);
      else expect(parsed.problem).not.toBe('');
    }),
    { numRuns: 1_000 },
  );
});

test('finds any object again, whatever prose without brackets stands around it', () => {
  const prose = fc.string().map((raw) => raw.replace(/[[\]{}]/g, ''));
  const schema = z.object({ id: z.string(), list: z.array(z.string()) });
  const value = fc.record({ id: fc.string({ unit: 'binary' }), list: fc.array(fc.string()) });
  fc.assert(
    fc.property(prose, value, prose, (before, wanted, after) => {
      const parsed = parseTolerant(before + JSON.stringify(wanted) + after, schema);
      expect(parsed).toEqual({ ok: true, value: wanted });
    }),
  );
});
