import type { Voice } from './voice.ts';

/** The phrases that take up what a person wrote. */
export type Intent = Exclude<
  keyof Voice,
  'gestures' | 'deeds' | 'developments' | 'recalls' | 'closings' | 'asides'
>;

/** Intents that want an answer. */
export const questionKinds: readonly Intent[] = ['questions', 'whether', 'why', 'named'];

const patterns: readonly [Intent, RegExp][] = [
  [
    'meeting',
    /\b(my name is|my name['’]s|i am called|call me)\b|^\W*(hi|hello|hey|good (morning|afternoon|evening)|greetings)\b[^?]{0,60}$/i,
  ],
  [
    'self',
    /\b(who|what) are you\s*(,|\?|really|exactly|$)|\byour name\b|\babout yourself\b|\bwho (is|am i) (this|speaking|talking)/i,
  ],
  ['where', /\bwhere (am i|are we|is this)\b|\bwhat (is this|kind of) place\b|\bwhat place is this\b/i],
  ['when', /\bwhat (time|hour|day|year)\b|\bhow late\b/i],
  [
    'advice',
    /\b(what|where|how|who) (should|shall|can|could|do|would) (i|we|you (do|suggest))\b|\bwhat now\b|\b(any|your) (ideas?|advice)\b/i,
  ],
  ['thanks', /^\W*(thanks|thank you|cheers|much obliged)\b/i],
  [
    'yes',
    /^\W*(yes|yeah|yep|aye|sure|ok|okay|of course|all ?right|fine|agreed|gladly|let['’]?s|please do|i do|i will)\b[^?]{0,24}$/i,
  ],
  ['no', /^\W*(no|nope|never|not yet|nah|i don['’]?t|i won['’]?t|rather not)\b[^?]{0,24}$/i],
  ['why', /\bwhy\b[^?]*\?|\bhow come\b/i],
  [
    'whether',
    /^(?:[^?]*[.!,…]\s*)?(and |but |so |then )?(is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)(n['’]t)?\b[^?.!]*\?\W*$/i,
  ],
  ['questions', /\?\s*[”"*]*\s*$|^\W*(who|what|why|when|where|how|which|tell me)\b/i],
];

/** How a person's message wants to be taken; `others` are the names of the other characters. */
export function intentOf(text: string, others: readonly string[]): Intent {
  const [found] = patterns.find(([, pattern]) => pattern.test(text.trim())) ?? ['statements' as const];
  const isAboutOther = others.some((name) => text.toLowerCase().includes(name.toLowerCase()));
  return isAboutOther && (found === 'statements' || questionKinds.includes(found)) ? 'named' : found;
}
