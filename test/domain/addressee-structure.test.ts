import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Said } from '../../src/domain/addressee/conversation.ts';
import { structureOf } from '../../src/domain/addressee/structure.ts';

const people = ['nafallo', 'jdub', 'ud', '[[mandrix]]', 'Steve^'].map((name) => ({ id: name, name }));

function played(lines: readonly (readonly [string, string])[]) {
  const said: Said[] = [];
  return lines.map(([by, text]) => {
    const structure = structureOf({ by, text }, said, people);
    said.push(structure.said);
    return structure.best;
  });
}

test.each([
  ['mandrix: you tell us', '[[mandrix]]'],
  ['steve: yes', 'Steve^'],
  ['natfallo: alright', 'nafallo'],
  ['jdub thanks for that', 'jdub'],
  ['that works, jdub', 'jdub'],
  ['JDUB, no', 'jdub'],
])('[AD4] names as people write them: %j', (text, whom) => {
  expect(structureOf({ by: 'ud', text }, [], people).best).toBe(whom);
});

test('[AD11] an exchange goes on without names', () => {
  const spoken = played([
    ['ud', 'how do I upgrade my kernel?'],
    ['jdub', 'ud: dpkg will not help you'],
    ['ud', 'but it is in the same repo?'],
    ['jdub', 'yes'],
    ['ud', 'ah thanks'],
  ]);
  expect(spoken.slice(1)).toEqual(['ud', 'jdub', 'ud', 'jdub']);
});

test('[AD11] a machine answers who gave the command, whoever it names', () => {
  const spoken = played([
    ['jdub', '!paste'],
    ['nafallo', 'use a pastebin'],
    ['jdub', '!sudo'],
    ['nafallo', 'sudo runs as root'],
    ['jdub', '!grub | ud'],
    ['nafallo', 'ud: grub is the boot manager'],
  ]);
  expect(spoken.at(-1)).toBe('jdub');
});

test('[AD12] nobody outside the circle, nor the author, is ever meant', () => {
  const names = people.map(({ name }) => name);
  const line = fc.tuple(
    fc.constantFrom(...names, 'stranger'),
    fc.array(fc.oneof(fc.constantFrom(...names, ':', ',', ' ', '?', '!x'), fc.string({ maxLength: 5 })), {
      maxLength: 6,
    }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const plain = lines.map(([by, parts]) => [by, parts.join('')] as const);
      const spoken = played(plain);
      expect(played(plain)).toEqual(spoken);
      for (const [index, best] of spoken.entries()) {
        if (best === undefined) continue;
        expect(names).toContain(best);
        expect(best).not.toBe(plain[index]?.[0]);
      }
    }),
  );
});
