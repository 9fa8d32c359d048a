import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Voice, voiceInstruction, voiceSchema, voiceTemperature } from '../../src/domain/voice.ts';

const voice: Voice = {
  tone: 'dry',
  teachingStyle: 'by questions',
  descriptors: ['one', 'two', 'three', 'four', 'five', 'six'],
  explanationApproach: 'from the end',
  analogies: 'kitchens',
  audienceEngagement: 'asks back',
  signaturePhrases: ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8', 'a9', 'a10'],
  distinctiveTerms: ['roux'],
  soundDescriptions: ['low'],
  soundWords: ['hm'],
  selfReferences: ['this old cook'],
  pacing: 'slow',
  summary: 'An old cook.',
};
const told = (weight: number) => voiceInstruction('Quill', voice, weight);
const labels = (weight: number) => [...told(weight).matchAll(/^- ([^:]+):/gm)].map(([, label]) => label);

test('[VO1] more of a voice is mixed in the greater its weight', () => {
  expect(told(0.19)).toBe('');
  expect(told(0.2)).toMatch(/subtly reference the voice of Quill/);
  expect(labels(0.2)).toEqual(['Tone', 'Teaching style']);
  expect(labels(0.39)).toEqual(labels(0.2));
  expect(told(0.4)).toMatch(/adopt/);
  expect(labels(0.4)).toHaveLength(6);
  expect(told(0.5)).toContain('one, two, three, four, five\n');
  expect(told(0.6)).toMatch(/respond as/);
  expect(told(0.6)).toContain('“a1”, “a2”, “a3”, “a4”, “a5”, “a6”');
  expect(told(0.6)).not.toContain('a7');
  expect(labels(0.8)).toHaveLength(12);
  expect(told(0.8)).toMatch(/fully embody/);
  expect(told(0.8)).not.toContain('An old cook');
  expect(told(0.9)).toContain('- The whole: An old cook.');
  expect(voiceInstruction('Q', { signaturePhrases: ['x', 'y', 'z'] }, 0.6)).toContain('“x”, “y”');
});

test('[VO2] what is missing, null or empty is passed over, whatever the weight', () => {
  const partial = fc.record(
    Object.fromEntries(
      Object.keys(voice).map((key) => [
        key,
        Array.isArray(voice[key as keyof Voice])
          ? fc.oneof(fc.constant(null), fc.array(fc.string(), { maxLength: 4 }))
          : fc.oneof(fc.constant(null), fc.string()),
      ]),
    ),
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(partial, fc.double({ min: 0, max: 1, noNaN: true }), (some, weight) => {
      const said = voiceInstruction('Q', voiceSchema.parse(some), weight);
      expect(said).not.toMatch(/null|undefined|: $/m);
    }),
  );
  expect(voiceInstruction('Q', {}, 1)).toBe('');
  expect(voiceInstruction('Q', undefined, 1)).toBe('');
});

test('[VO3] the temperature rises with the weight from 0.3 to 0.5', () => {
  expect([0, 0.5, 1, 7].map(voiceTemperature)).toEqual([0.3, 0.4, 0.5, 0.5]);
});
