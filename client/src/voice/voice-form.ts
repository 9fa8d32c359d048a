import type { Voice } from '../../../src/domain/voice.ts';

type VoiceField = { key: keyof Voice; label: string; isList: boolean };

/** What a voice consists of, in the order in which it is asked for. */
export const voiceFields: readonly VoiceField[] = [
  { key: 'tone', label: 'Tone', isList: false },
  { key: 'teachingStyle', label: 'Teaching style', isList: false },
  { key: 'descriptors', label: 'Described as', isList: true },
  { key: 'explanationApproach', label: 'How it explains', isList: false },
  { key: 'analogies', label: 'Analogies', isList: false },
  { key: 'audienceEngagement', label: 'How it engages its audience', isList: false },
  { key: 'signaturePhrases', label: 'Signature phrases', isList: true },
  { key: 'distinctiveTerms', label: 'Distinctive terms', isList: true },
  { key: 'soundDescriptions', label: 'How it sounds', isList: true },
  { key: 'soundWords', label: 'Sound words', isList: true },
  { key: 'selfReferences', label: 'How it speaks of itself', isList: true },
  { key: 'pacing', label: 'Pacing', isList: false },
  { key: 'summary', label: 'The whole', isList: false },
];

/** A voice as it is written in a form: a text by each of its fields, lists with an item a line. */
export type VoiceForm = Readonly<Record<keyof Voice, string>>;

export function voiceFormOf(voice: Voice | undefined): VoiceForm {
  const textOf = (key: keyof Voice) => {
    const value = voice?.[key];
    return Array.isArray(value) ? value.join('\n') : (value ?? '');
  };
  return Object.fromEntries(voiceFields.map(({ key }) => [key, textOf(key)])) as VoiceForm;
}

/** The voice that was written, or null where nothing was. */
export function voiceOf(form: VoiceForm): Voice | null {
  const told = voiceFields.flatMap(({ key, isList }) => {
    const lines = form[key]
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (lines.length === 0) return [];
    return [[key, isList ? lines : form[key].trim()] as const];
  });
  return told.length === 0 ? null : Object.fromEntries(told);
}
