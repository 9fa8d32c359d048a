import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Lorebook, lorebookSchema, matchingEntries } from '../../src/domain/lorebook.ts';

const entry = { keys: ['press'], content: 'The press.', enabled: true, insertion_order: 1, extensions: {} };
const said = (book: object, ...texts: string[]) =>
  matchingEntries({ entries: [], ...book } as Lorebook, texts).map(({ content }) => content);
const one = (changes: object, ...texts: string[]) =>
  said({ entries: [{ ...entry, ...changes }] }, ...texts).length === 1;

describe('an entry of a lorebook', () => {
  test.each<[string, object, string[], boolean]>([
    ['matches where a key occurs', {}, ['the cider press'], true],
    ['matches by any of its keys', { keys: ['x', 'cider'] }, ['the cider press'], true],
    ['does not match without', {}, ['the cider'], false],
    ['does not mind case', { keys: ['PRESS'] }, ['Press'], true],
    ['minds case when told to', { keys: ['PRESS'], case_sensitive: true }, ['Press'], false],
    ['never matches by an empty key', { keys: ['', ' '] }, ['anything'], false],
    ['never matches when it is off', { enabled: false, constant: true }, ['press'], false],
    ['always matches when it is constant', { keys: [], constant: true }, [], true],
    ['says nothing when it is empty', { content: ' ', constant: true }, ['press'], false],
    ['wants a second key when selective', { selective: true, secondary_keys: ['night'] }, ['press'], false],
    ['takes any second key', { selective: true, secondary_keys: ['day', 'night'] }, ['press at night'], true],
    ['wants the first key, too', { selective: true, secondary_keys: ['night'] }, ['at night'], false],
    [
      'reads second keys with commas',
      { selective: true, secondary_keys: 'day, night' },
      ['press at night'],
      true,
    ],
    ['ignores second keys unless selective', { secondary_keys: ['night'] }, ['press'], true],
    ['needs no second key where there are none', { selective: true, secondary_keys: [] }, ['press'], true],
    ['runs no pattern', { keys: ['pre.s', '/press/'], use_regex: true }, ['press'], false],
    ['takes a pattern that means itself', { keys: ['press'], use_regex: true }, ['press'], true],
    ['is not constant with a pattern', { constant: true, use_regex: true, keys: ['x'] }, ['press'], false],
    ['is on unless it says otherwise', { enabled: undefined }, ['press'], true],
    ['is read past odd fields', { keys: 'press', insertion_order: 'first', priority: [] }, ['press'], true],
    ['needs content', { content: 5 }, ['press'], false],
  ])('[CC7] %s', (_, changes, texts, matches) => {
    expect(one(changes, ...texts)).toBe(matches);
  });

  test('[CC7] is searched for in the latest messages, as many as the book says', () => {
    const old = ['press', 'a', 'b', 'c', 'd'];
    expect(one({}, ...old.slice(0, 4))).toBe(true);
    expect(one({}, ...old)).toBe(false);
    expect(said({ scan_depth: 5, entries: [entry] }, ...old)).toHaveLength(1);
    expect(said({ scan_depth: 0, entries: [entry] }, 'press')).toEqual([]);
    expect(said({ scan_depth: -1, entries: [entry] }, 'press')).toEqual([]);
  });

  test('[CC7] stands where its insertion order says, lower before higher', () => {
    const entries = [3, 1, 2].map((insertion_order) => ({
      ...entry,
      insertion_order,
      content: `${insertion_order}`,
    }));
    expect(said({ entries }, 'press')).toEqual(['1', '2', '3']);
  });

  test('[CC7] is said without its decorators', () => {
    expect(
      said({ entries: [{ ...entry, content: '@@depth 2\n@@@role system\n\nThe @@ press.' }] }, 'press'),
    ).toEqual(['The @@ press.']);
  });
});

test('[CC7] whatever a lorebook holds, matching ends, and finds only what is on and has content', () => {
  const odd = fc.record(
    {
      keys: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
      content: fc.oneof(fc.string(), fc.jsonValue()),
      enabled: fc.oneof(fc.boolean(), fc.jsonValue()),
      constant: fc.boolean(),
      use_regex: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const book = fc.record({ entries: fc.array(fc.oneof(odd, fc.jsonValue())), scan_depth: fc.jsonValue() });
  fc.assert(
    fc.property(book, fc.array(fc.string()), (given, texts) => {
      const parsed = lorebookSchema.parse(given);
      const off = parsed.entries.filter((raw) => (raw as { enabled?: unknown } | null)?.enabled === false);
      const found = matchingEntries(parsed, texts);
      expect(found.every(({ content }) => content.trim() !== '')).toBe(true);
      expect(found.length).toBeLessThanOrEqual(parsed.entries.length - off.length);
    }),
  );
});

test('[CC7] patterns made to run for ever cost nothing', () => {
  const keys = ['(a+)+$', '(.*)*b'];
  const entries = Array.from({ length: 500 }, () => ({ ...entry, keys, use_regex: true }));
  const begun = performance.now();
  expect(said({ entries }, 'a'.repeat(30_000))).toEqual([]);
  expect(performance.now() - begun).toBeLessThan(1_000);
});
