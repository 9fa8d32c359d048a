import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MarkerParser, markerNames, type RawMarker } from '../../src/domain/markers.ts';
import { readNotes } from '../../src/domain/notes.ts';
import { runs } from '../support/runs.ts';

/** What a text comes to when it arrives in these pieces. */
function parse(pieces: readonly string[]) {
  const parser = new MarkerParser();
  const markers: RawMarker[] = [];
  const shown: string[] = [];
  for (const piece of pieces) {
    const parsed = parser.push(piece);
    shown.push(parsed.text);
    markers.push(...parsed.markers);
  }
  const last = parser.end();
  return { text: shown.join('') + last.text, shown, markers: [...markers, ...last.markers] };
}

/** A text in pieces of these lengths, repeated. */
function split(text: string, lengths: readonly number[]): string[] {
  const pieces: string[] = [];
  let at = 0;
  for (let index = 0; at < text.length; index += 1) {
    const length = lengths[index % Math.max(1, lengths.length)] ?? 1;
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

const body = '{"text":"The disk is [full]","summary":"from df"}';
const marked = `Look. [PROMOTE]${body}[/PROMOTE] So [PROMISE] me [QUESTION] and [x] [QUESTION]{"text":"Which [disk]?"}[/QUESTION]!`;
const seen = 'Look.  So [PROMISE] me [QUESTION] and [x] !';

const noise = fc.oneof(
  fc.constantFrom(
    '[',
    '[P',
    '[PROMOTE',
    '[PROMOTE]',
    '[PROMOTE] ',
    '[/',
    '[/PROMOT',
    '[QUESTION]x',
    '[promote',
  ),
  fc.string({ unit: fc.constantFrom('a', ' ', '\n', '[', ']', '/', 'P', '`', '{', '}', '>'), maxLength: 6 }),
);
const marker = fc.tuple(
  fc.constantFrom(...markerNames),
  fc.constantFrom(body, '{}', '{"a":"]"}', '\n{"x":1}\n', '```json\n{"a":1}\n```'),
);

describe('[MK1] markers never reach people', () => {
  test('wherever the text is split, once', () => {
    for (let at = 0; at <= marked.length; at += 1) {
      const { text, markers } = parse([marked.slice(0, at), marked.slice(at)]);
      expect(text).toBe(seen);
      expect(markers.map(({ name, body: raw }) => [name, raw])).toEqual([
        ['PROMOTE', body],
        ['QUESTION', '{"text":"Which [disk]?"}'],
      ]);
    }
  });

  test('whatever stands around them, however it is split, and no other character is lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(noise, marker), { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 5 }),
        (parts, lengths) => {
          // A tag by itself is part of a marker, or would begin one with what follows.
          const plain = (part: string) => part.replace(/\[\s*\/?\s*(PROMOTE|QUESTION|CHECK)\s*\]/gi, '.');
          const joined = parts.map((part) => (typeof part === 'string' ? `${plain(part)}.` : part));
          const whole = joined
            .map((part) => (typeof part === 'string' ? part : `[${part[0]}]${part[1]}[/${part[0]}]`))
            .join('');
          const outside = joined.map((part) => (typeof part === 'string' ? part : '')).join('');
          const { text, markers } = parse(split(whole, lengths));
          expect(text).toBe(outside);
          const json = (raw: string) => raw.slice(raw.indexOf('{'), raw.lastIndexOf('}') + 1);
          expect(markers.map(({ body: raw }) => json(raw))).toEqual(
            joined.flatMap((part) => (typeof part === 'string' ? [] : [json(part[1])])),
          );
        },
      ),
      runs(2_000),
    );
  });

  test('split or not, it comes to the same, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            noise,
            marker.map(([name, raw]) => `[${name}]${raw}[/${name}]`),
          ),
          { maxLength: 12 },
        ),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 5 }),
        (parts, lengths) => {
          const whole = parts.join('');
          const [at_once, split_up] = [parse([whole]), parse(split(whole, lengths))];
          expect(split_up.text).toBe(at_once.text);
          expect(split_up.markers).toEqual(at_once.markers);
        },
      ),
      runs(2_000),
    );
  });
});

test('[MK2] what is not a marker is given on at once, and a false start whole', () => {
  expect(parse(['Hello ', '[PRO', 'MISE] ', 'you']).shown).toEqual(['Hello ', '', '[PROMISE] ', 'you']);
  expect(parse(['a [', 'b']).shown).toEqual(['a ', '[b']);
  expect(parse(['write [PROMOTE] before it']).text).toBe('write [PROMOTE] before it');
  expect(parse(['ends with [QUEST']).text).toBe('ends with [QUEST');
});

test('[MK1] whatever is around the JSON or inside it, it is cut', () => {
  const cut = [
    `<pre>${body}</pre>`,
    ` here is JSON: ${body}`,
    `: ${body}`,
    `\`${body}\``,
    `[${body}]`,
    '"f"',
    'not json',
    '',
    '{"text":"a [/PROMOTE] inside","summary":"s"}',
  ];
  for (const inside of cut) {
    for (const size of [1, 3, 1_000]) {
      expect(parse(split(`A [PROMOTE]${inside}[/PROMOTE] B`, [size])).text).toBe('A  B');
    }
  }
  expect(parse([`A [ PROMOTE ]${body}[/ PROMOTE ] B`]).text).toBe('A  B');
  expect(parse([`A [PROMOTE]${body} B`]).text).toBe('A  B');
  expect(parse(['A [PROMOTE] ']).text).toBe('A ');
});

test('[MK3] a marker that is never closed is cut all the same, and does not swallow the rest', () => {
  expect(parse(['Text [CHECK]{"text":"run'])).toMatchObject({ text: 'Text ' });
  const long = `[PROMOTE]{"text":"${'x'.repeat(9_000)}"} and on`;
  expect(parse([long]).text).toMatch(/ and on$/);
});

describe('[MK4] what markers say', () => {
  const notesIn = (text: string) => readNotes(parse([text]).markers);

  test('becomes facts, questions and checks, in order', () => {
    expect(
      notesIn(
        `[PROMOTE]${body}[/PROMOTE][QUESTION]{"text":"Which one?","id":"t1"}[/QUESTION][CHECK]{"text":"df -h"}[/CHECK]`,
      ).notes,
    ).toEqual({
      facts: [
        {
          text: 'The disk is [full]',
          summary: 'from df',
          status: 'suspected',
          source: { type: 'ai_synthesis', ref: null },
        },
      ],
      tasks: [
        { kind: 'question', text: 'Which one?', taskId: 't1' },
        { kind: 'check', text: 'df -h' },
      ],
    });
  });

  test('is read through fences and tags; what cannot be used is dropped with the reason', () => {
    expect(notesIn('[CHECK]```json\n{"text":"df"}\n```[/CHECK]').notes.tasks).toHaveLength(1);
    const { notes, dropped } = notesIn(
      '[PROMOTE]{"text":" "}[/PROMOTE][PROMOTE]{oops}[/PROMOTE][CHECK]{"a":1}[/CHECK]',
    );
    expect(notes).toEqual({ facts: [], tasks: [] });
    expect(dropped).toHaveLength(3);
    expect(dropped[0]).toContain('text');
  });

  test('does not count where it is quoted', () => {
    for (const quoted of [
      `> [PROMOTE]${body}[/PROMOTE]`,
      `\`\`\`\n[PROMOTE]${body}[/PROMOTE]\n\`\`\``,
      `say \`[PROMOTE]${body}[/PROMOTE]\``,
    ]) {
      expect(notesIn(quoted).notes.facts).toEqual([]);
      expect(parse([quoted]).text).not.toContain('PROMOTE');
    }
    expect(notesIn(`> a quotation\n\n[PROMOTE]${body}[/PROMOTE]`).notes.facts).toHaveLength(1);
  });
});
