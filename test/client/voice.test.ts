import { expect, it } from 'vitest';
import { voiceFields, voiceFormOf, voiceOf } from '../../client/src/voice/voice-form.ts';
import { weightWords } from '../../client/src/voice/weight-words.ts';
import { voiceSchema } from '../../src/domain/voice.ts';

it('asks for every field of a voice', () => {
  expect(voiceFields.map(({ key }) => key).toSorted()).toEqual(Object.keys(voiceSchema.shape).toSorted());
});

it('writes a voice down and reads it back', () => {
  const voice = { tone: 'warm', signaturePhrases: ['Well then.', 'Off we go'], summary: 'A\nguide.' };
  expect(voiceFormOf(voice).signaturePhrases).toBe('Well then.\nOff we go');
  expect(voiceOf(voiceFormOf(voice))).toEqual(voice);
});

it('takes empty lines for nothing, and a voice that says nothing for none', () => {
  expect(voiceOf({ ...voiceFormOf(undefined), descriptors: ' dry \n\n kind ' })).toEqual({
    descriptors: ['dry', 'kind'],
  });
  expect(voiceOf({ ...voiceFormOf({ tone: null }), pacing: ' \n' })).toBeNull();
});

it('says a weight in words', () => {
  const words = [0, 0.1, 0.2, 0.4, 0.6, 0.8, 1].map(weightWords);
  expect(words).toEqual([
    'Not at all',
    'Not at all',
    'Subtly referenced',
    'Adopted',
    'They answer as themselves',
    'Fully embodied',
    'Fully embodied',
  ]);
});
