import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LogError, parseLog } from '../../scripts/replay/parse-log.ts';

const line = (fields: object = {}) =>
  JSON.stringify({ i: 1, at: '10:01', speaker: 'lev', text: 'hello', ...fields });

function refusalOf(content: string): string {
  try {
    parseLog(content);
  } catch (reason) {
    if (reason instanceof LogError) return reason.message;
    throw reason;
  }
  throw new Error('it was taken');
}

describe('a log', () => {
  test('of the channel is read whole', () => {
    const file = new URL('../fixtures/irc/ubuntu-2009-02-23.jsonl', import.meta.url);
    const { lines, blank } = parseLog(readFileSync(file, 'utf8'));
    expect(lines).toHaveLength(150);
    expect(blank).toBe(0);
    expect(lines[4]).toEqual({
      i: 1008,
      at: '10:01',
      speaker: 'cooldduuudde',
      text: 'eepberries but that may not be reliable',
      replyTo: [1006],
    });
  });

  test('may have empty lines, a byte order mark and foreign line ends', () => {
    const { lines } = parseLog(`\uFEFF${line()}\r\n\r\n${line({ i: 2 })}\r\n\n`);
    expect(lines.map(({ i }) => i)).toEqual([1, 2]);
  });

  test('loses the messages that say nothing, and they are counted', () => {
    const { lines, blank } = parseLog([line(), line({ i: 2, text: ' \u200b' }), line({ i: 3 })].join('\n'));
    expect(lines.map(({ i }) => i)).toEqual([1, 3]);
    expect(blank).toBe(1);
  });

  test.each([
    [`${line()}\n{oops`, 'line 2: not JSON'],
    [`${line()}\n\n${line({ i: 2, at: '24:00' })}`, 'line 3: at: must be a time as HH:MM'],
    [line({ speaker: ' ' }), 'line 1: speaker: must not be blank'],
    [line({ text: undefined }), 'line 1: text: '],
    [line({ replyTo: 3 }), 'line 1: replyTo: '],
    ['[]', 'line 1: '],
    [`${line()}\n${line()}`, 'line 2: i 1 was used by an earlier line'],
    ['\n', 'there is no message in it'],
  ])('that will not do names the line: %j', (content, message) => {
    expect(refusalOf(content)).toContain(message);
  });

  test('of any messages is read as it was written', () => {
    const anyLine = fc.record({
      at: fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })),
      speaker: fc.stringMatching(/^[a-z_[\]^|-]{1,16}$/),
      text: fc.string({ unit: 'grapheme' }).map((text) => `${text}!`),
      replyTo: fc.array(fc.nat(), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1 }), (all) => {
        const written = all.map(({ at, ...rest }, i) => ({
          i,
          at: at.map((n) => String(n).padStart(2, '0')).join(':'),
          ...rest,
        }));
        expect(parseLog(written.map((one) => JSON.stringify(one)).join('\n')).lines).toEqual(written);
      }),
    );
  });
});
