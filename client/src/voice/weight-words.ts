import { type VoiceVerb, voiceVerb } from '../../../src/domain/voice.ts';

const words: Readonly<Record<VoiceVerb, string>> = {
  'subtly reference': 'Subtly referenced',
  adopt: 'Adopted',
  'respond as': 'They answer as themselves',
  'fully embody': 'Fully embodied',
};

/** How strongly a weight mixes voices in, in words. */
export function weightWords(weight: number): string {
  const verb = voiceVerb(weight);
  return verb === undefined ? 'Not at all' : words[verb];
}
