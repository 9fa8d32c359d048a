import { z } from 'zod';
import { cutTo, storableText } from './text.ts';

const mostOfField = 2_000;
const mostItems = 40;

const text = z
  .string()
  .transform((value) => cutTo(mostOfField, storableText(value).trim()))
  .nullish();
const list = z
  .array(z.string().transform((value) => cutTo(300, storableText(value).trim())))
  .max(mostItems)
  .nullish();

/** How somebody speaks. Every field may be missing, null or empty. */
export const voiceSchema = z.object({
  tone: text,
  teachingStyle: text,
  descriptors: list,
  explanationApproach: text,
  analogies: text,
  audienceEngagement: text,
  signaturePhrases: list,
  distinctiveTerms: list,
  soundDescriptions: list,
  soundWords: list,
  selfReferences: list,
  pacing: text,
  /** The whole of it. */
  summary: text,
});
export type Voice = z.infer<typeof voiceSchema>;

/** Weights from which more of a voice is mixed in, and how strongly it is asked for. */
const tiers = [
  { from: 0.9, verb: 'fully embody' },
  { from: 0.8, verb: 'fully embody' },
  { from: 0.6, verb: 'respond as' },
  { from: 0.4, verb: 'adopt' },
  { from: 0.2, verb: 'subtly reference' },
] as const;

const mostDescriptors = 5;

export type VoiceVerb = (typeof tiers)[number]['verb'];

/** What a weight asks of a bot with its voice; nothing below 0.2. */
export function voiceVerb(weight: number): VoiceVerb | undefined {
  return tiers.find(({ from }) => weight >= from)?.verb;
}

type Field = { from: number; label: string; tell(voice: Voice, weight: number): string };

const prose =
  (
    key:
      | 'tone'
      | 'teachingStyle'
      | 'explanationApproach'
      | 'analogies'
      | 'audienceEngagement'
      | 'pacing'
      | 'summary',
  ) =>
  (voice: Voice) =>
    voice[key] ?? '';
const items =
  (
    key: 'descriptors' | 'distinctiveTerms' | 'soundDescriptions' | 'soundWords' | 'selfReferences',
    most = mostItems,
  ) =>
  (voice: Voice) =>
    (voice[key] ?? [])
      .filter((item) => item !== '')
      .slice(0, most)
      .join(', ');

/** What is told from which weight on. */
const fields: readonly Field[] = [
  { from: 0.2, label: 'Tone', tell: prose('tone') },
  { from: 0.2, label: 'Teaching style', tell: prose('teachingStyle') },
  { from: 0.4, label: 'Described as', tell: items('descriptors', mostDescriptors) },
  { from: 0.4, label: 'How it explains', tell: prose('explanationApproach') },
  { from: 0.4, label: 'Analogies', tell: prose('analogies') },
  { from: 0.4, label: 'How it engages its audience', tell: prose('audienceEngagement') },
  { from: 0.6, label: 'Signature phrases', tell: signaturePhrases },
  { from: 0.8, label: 'Distinctive terms', tell: items('distinctiveTerms') },
  { from: 0.8, label: 'How it sounds', tell: items('soundDescriptions') },
  { from: 0.8, label: 'Sound words', tell: items('soundWords') },
  { from: 0.8, label: 'How it speaks of itself', tell: items('selfReferences') },
  { from: 0.8, label: 'Pacing', tell: prose('pacing') },
  { from: 0.9, label: 'The whole', tell: prose('summary') },
];

/** At least two of them, and the more the greater the weight. */
function signaturePhrases({ signaturePhrases: phrases }: Voice, weight: number): string {
  const told = (phrases ?? []).filter((phrase) => phrase !== '');
  return told
    .slice(0, Math.max(2, Math.round(weight * told.length)))
    .map((phrase) => `“${phrase}”`)
    .join(', ');
}

/** What a prompt adds for a voice at a weight of 0–1; empty below 0.2, and where the voice says nothing. */
export function voiceInstruction(name: string, voice: Voice | undefined, weight: number): string {
  const verb = voiceVerb(weight);
  if (voice === undefined || verb === undefined) return '';
  const told = fields
    .filter(({ from }) => weight >= from)
    .map(({ label, tell }) => ({ label, said: tell(voice, weight) }))
    .filter(({ said }) => said !== '');
  if (told.length === 0) return '';
  const rows = told.map(({ label, said }) => `- ${label}: ${said}`);
  return `In how you speak, ${verb} the voice of ${name}; what you say stays true to the facts:\n${rows.join('\n')}`;
}

/** How freely a model is to choose its words for a voice. */
export function voiceTemperature(weight: number): number {
  return 0.3 + 0.2 * Math.min(1, Math.max(0, weight));
}
