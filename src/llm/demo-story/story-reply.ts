import type { DemoPrompt } from '../demo-prompt.ts';
import type { Pick } from '../demo-random.ts';
import { capital, wordCount } from '../demo-words.ts';
import { type Blanks, blanksFor } from './blanks.ts';
import { deedIn } from './deed.ts';
import { intentOf, questionKinds } from './intent.ts';
import { outcomes } from './outcomes.ts';
import { createSpeaker, type Speaker } from './speaker.ts';
import type { Voice } from './voice.ts';
import { voiceOf } from './voice-of.ts';

/** Words that a reply has at least; a word put in is shorter. */
const leastWords = 40;

/**
 * What a character of a story says: it takes up what the person did, asked or said, lets something happen, and ends with
 * something to answer. On what another character said it puts in a word. Nothing is said twice.
 */
export function storyReply(prompt: DemoPrompt, pick: Pick): string {
  const voice = voiceOf(prompt);
  const { name, text } = prompt.lines.at(-1) ?? { name: '', text: '' };
  const blanks = blanksFor(prompt, pick);
  const speaker = createSpeaker(prompt.said, blanks, pick);
  const { say, perhaps } = speaker;
  if (text.trim() === '') return opening(voice, blanks, speaker);
  if (prompt.others.includes(name)) return say(voice.asides, voice.developments);

  const deed = deedIn(text);
  const intent = intentOf(text, prompt.others);
  const later = [perhaps(voice.closings)];
  const first: string[] = [];
  if (deed === undefined) first.push(perhaps(voice.gestures), say(voice[intent], voice.statements));
  else {
    const asks = text.includes('?') && questionKinds.includes(intent);
    const outcome = say(outcomes[deed.kind], outcomes.other);
    first.push(`*${capital(deed.told)}. ${outcome}*`, say(voice[asks ? intent : 'deeds'], voice.deeds));
  }
  if (blanks.earlier !== undefined && pick([true, false, false])) later.unshift(perhaps(voice.recalls));
  else if (deed === undefined) later.unshift(perhaps(voice.developments));
  while (wordCount([...first, ...later].join(' ')) < leastWords) later.unshift(say(voice.developments));
  return [first, later].map((parts) => parts.filter((part) => part !== '').join(' ')).join('\n\n');
}

/** The first message there is. */
function opening(voice: Voice, { place, clock }: Blanks, { say }: Speaker): string {
  const where = [place, clock].filter((part) => part !== undefined).join(', ');
  const parts = [say(voice.developments), say(voice.developments), say(voice.gestures), say(voice.closings)];
  return [...(where === '' ? [] : [`*${capital(where)}.*`]), ...parts].join(' ');
}
