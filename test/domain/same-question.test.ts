import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asksTheSame } from '../../src/domain/same-question.ts';
import { runs } from '../support/runs.ts';

const question = (text: string) => ({ kind: 'question' as const, text });
const check = (text: string) => ({ kind: 'check' as const, text });
const isSame = (a: string, b: string) => asksTheSame(question(a), question(b));

describe('[FA9] two questions', () => {
  test.each([
    ['When did you last restart the server?', 'When was the server last restarted?'],
    ['Which disk is full?', 'What disk is full, please?'],
    [
      'Can you tell me which version of the router firmware you have?',
      'Which router firmware version is it?',
    ],
    ['Does the error appear on every page?', 'Does this error appear on every page of the site?'],
  ])('are one: %s %s', (a, b) => expect(isSame(a, b)).toBe(true));

  test.each([
    ['When did you last restart the server?', 'Where did you last restart the server?'],
    ['Does the disk of server 1 show errors?', 'Does the disk of server 2 show errors?'],
    ['Did the update finish?', 'Did the update not finish?'],
    ['Is the left disk of the front server full?', 'Is the right disk of the front server full?'],
    ['Did it fail before the update of the router?', 'Did it fail after the update of the router?'],
    ['Which disk?', 'Which disk is full?'],
    ['Which?', 'What?'],
    ['How is the router connected?', 'Why is the router connected?'],
  ])('are two: %s %s', (a, b) => expect(isSame(a, b)).toBe(false));

  test('and a check are never one in other words; of checks every word counts', () => {
    expect(asksTheSame(question('Restart the server'), check('Restart your server'))).toBe(false);
    expect(asksTheSame(check('Run df -h on the server'), check('run `df -h` on your server'))).toBe(true);
    expect(asksTheSame(check('Run df -h'), check('Run df -i'))).toBe(false);
    expect(asksTheSame(check('cat /etc/hosts'), check('cat /etc/hosts.allow'))).toBe(false);
    expect(asksTheSame(check('systemctl status nginx'), check('systemctl restart nginx'))).toBe(false);
  });

  const words: fc.Arbitrary<string[]> = fc.array(
    fc.constantFrom('disk', 'server', 'full', 'when', 'not', '7', 'restarted', 'the', 'your'),
    {
      minLength: 1,
      maxLength: 8,
    },
  );
  const kinds = fc.constantFrom('question' as const, 'check' as const);
  const task = fc.record({
    kind: kinds,
    text: fc.oneof(
      words.map((list) => list.join(' ')),
      fc.string(),
    ),
  });

  test('are told alike from either side, and each is itself, however it is written', () => {
    fc.assert(
      fc.property(task, task, (a, b) => {
        expect(asksTheSame(a, b)).toBe(asksTheSame(b, a));
        expect(asksTheSame(a, { ...a, text: `${a.text.toUpperCase().toLowerCase()}?!` })).toBe(
          asksTheSame({ ...a, text: `${a.text.toUpperCase().toLowerCase()}?!` }, a),
        );
        expect(asksTheSame(a, { ...a })).toBe(true);
      }),
      runs(500),
    );
  });

  test('differ by a number or a “not”, whatever else they share', () => {
    fc.assert(
      fc.property(words, kinds, fc.constantFrom('42', 'not', 'never'), fc.nat(8), (list, kind, word, at) => {
        const more = list.toSpliced(at, 0, word);
        const [a, b] = [list, more].map((all) => ({ kind, text: all.join(' ') }));
        if (list.includes(word)) return;
        expect(a && b && asksTheSame(a, b)).toBe(false);
      }),
      runs(500),
    );
  });

  test('are one only where the words of one are in the other, but for those that tell nothing', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        if (!isSame(a.join(' '), b.join(' '))) return;
        const telling = (list: string[]) => list.filter((word) => !['the', 'your'].includes(word));
        const [first, second] = [telling(a), telling(b)];
        const isIn = (one: string[], other: string[]) => one.every((word) => other.includes(word));
        expect(isIn(first, second) || isIn(second, first)).toBe(true);
      }),
      runs(500),
    );
  });
});
