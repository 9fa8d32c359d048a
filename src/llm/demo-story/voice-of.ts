import type { DemoPrompt } from '../demo-prompt.ts';
import { hashOf } from '../demo-random.ts';
import { livelyVoice } from './lively-voice.ts';
import { plainVoice } from './plain-voice.ts';
import type { Voice } from './voice.ts';

const lively =
  /\b(talks? in long|talkative|flatter\w*|charm\w*|delighted|cheer\w*|lively|witty|poet\w*|bard|jest\w*)\b/i;
const plain = /\b(short sentences|dry|blunt|terse|gruff|quiet|stern|calm|grim|laconic)\b/i;

/** By what its persona says of how a character talks; else by its name, so that it keeps to one. */
export function voiceOf({ about, name }: Pick<DemoPrompt, 'about' | 'name'>): Voice {
  if (lively.test(about)) return livelyVoice;
  if (plain.test(about)) return plainVoice;
  return hashOf(name) % 2 === 0 ? plainVoice : livelyVoice;
}
