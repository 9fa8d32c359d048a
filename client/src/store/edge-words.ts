/** Whether an affinity is for, against, or neither: what a line's colour and shape say. */
export type Tone = 'like' | 'dislike' | 'neutral';

type Scale = readonly (readonly [upTo: number, word: string])[];

const affinityWords: Scale = [
  [14, 'hostile'],
  [34, 'dislikes'],
  [44, 'cool'],
  [55, 'neutral'],
  [65, 'warm'],
  [84, 'fond'],
  [100, 'devoted'],
];

const trustWords: Scale = [
  [14, 'none'],
  [34, 'distrusts'],
  [44, 'wary'],
  [55, 'unsure'],
  [65, 'trusting'],
  [84, 'trusts'],
  [100, 'fully'],
];

function wordFor(scale: Scale, value: number): string {
  return scale.find(([upTo]) => value <= upTo)?.[1] ?? '';
}

/** An affinity of 0–100 in a word; 50 is where everybody begins. */
export function affinityWord(affinity: number): string {
  return wordFor(affinityWords, affinity);
}

export function trustWord(trust: number): string {
  return wordFor(trustWords, trust);
}

/** Both in words: “affinity 72, fond; trust 40, wary”. */
export function feelingWords({ affinity, trust }: { affinity: number; trust: number }): string {
  return `affinity ${affinity}, ${affinityWord(affinity)}; trust ${trust}, ${trustWord(trust)}`;
}

export function toneOf(affinity: number): Tone {
  if (affinity > 55) return 'like';
  return affinity < 45 ? 'dislike' : 'neutral';
}

/** How far from indifference, 0–1. */
export function strengthOf(affinity: number): number {
  return Math.min(1, Math.abs(affinity - 50) / 50);
}

/** What one message changed, in words: “affinity +6, trust −2”. */
export function stepWords({ affinity, trust }: { affinity: number; trust: number }): string {
  const steps = [
    affinity === 0 ? '' : `affinity ${signed(affinity)}`,
    trust === 0 ? '' : `trust ${signed(trust)}`,
  ].filter((step) => step !== '');
  return steps.length === 0 ? 'neither more nor less' : steps.join(', ');
}

function signed(step: number): string {
  return step < 0 ? `−${-step}` : `+${step}`;
}
