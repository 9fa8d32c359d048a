import type { Cues } from './cues.ts';
import type { NameMatch } from './name-index.ts';

/** Words one may say before the name of somebody one turns to, and goes on without a comma. */
const opening =
  /^\W{0,2}(?:(?:so|and|but|ok|okay|well|oh|yes|no|please|let's|lets)[\s,]+)*(?:hey|hi|hiya|hello|yo|ask|dear|thanks|thank you|thx|ty|tnx|cheers|sorry|bye|goodbye|welcome|good (?:morning|evening|afternoon|night)|go ahead)(?:[\s,]+(?:again|a lot|so much|very much|there))?[\s,]+$/i;
/** Words one may say before it when the name is set off by a mark. */
const preface =
  /^\s*(?:(?:so|and|but|ok|okay|well|oh|ah|yes|yeah|yep|no|nope|sure|true|right|now|please|alright|good|great|lol|hmm|um|uh|wait)[\s,.!…-]+)*$/i;
const mark = /^\s*(?:[:,;>→]|[-–—]+(?:>|\s|$)|…|\.\.|[?!]+\s*$|$)/;

/** How the third person goes on: “Bob is …”, “Bob, tired of it, left”. */
const thirdPersonVerb =
  '(?:is|was|are|were|has|had|have|does|did|will|would|says?|said|goes|went|comes?|came|takes|took|left|sat|sits|stood|stands|ran|runs|looks|felt|knew|saw|began|fell|kept|gave|made|found|told|thought|smiles|nods|turns|walks|sighs|\\p{L}{2,}ed)';
const story = new RegExp(`^\\s*${thirdPersonVerb}(?![\\p{L}\\p{N}'’])`, 'iu');
const apposition = new RegExp(
  `^\\s*,[^,.?!:]{1,80},\\s+(?:\\p{L}+ly\\s+)?${thirdPersonVerb}(?![\\p{L}\\p{N}])`,
  'iu',
);
const list = new RegExp(
  `^\\s*,[^.?!:]{1,80}\\sand\\s[^.?!:,]{1,30}\\s${thirdPersonVerb}(?![\\p{L}\\p{N}])`,
  'iu',
);
const relative = /^\s*,\s*(?:who|whose|whom|which)\b/i;
const aboutOthers = /\b(?:he|she|him|his|her|hers|they|them|their)\b/i;

/** Whether a name in a text is said to its bearer rather than about them. */
export function isVocative(text: string, match: NameMatch, all: readonly NameMatch[], cues: Cues): boolean {
  const before = withoutNames(text, match.start, all);
  const after = text.slice(match.end);
  if (preface.test(before) && mark.test(after)) return !isNarration(after, cues);
  if (opening.test(before)) return !/^['’]s\b/i.test(after) && !story.test(after);
  return isClosing(text.slice(0, match.start), after, cues);
}

/** Whether a text tells of somebody: what follows the name is in the third person. */
export function isAbout(text: string, { end }: NameMatch): boolean {
  const after = text.slice(end);
  return story.test(after) || /^['’]s\b/i.test(after);
}

/** What stands before a name, without other names that are called with it: “Ann, Bob: …”. */
function withoutNames(text: string, start: number, all: readonly NameMatch[]): string {
  let before = '';
  let from = 0;
  for (const other of all) {
    if (other.end > start) break;
    before += text.slice(from, other.start).replace(/@$/, '');
    from = other.end;
  }
  const rest = before + text.slice(from, start);
  return from > 0 && /^[\s,:;&/@+]*(?:and\s+)?$/i.test(rest) ? '' : text.slice(0, start);
}

function isNarration(after: string, { isSecondPerson, isQuestion }: Cues): boolean {
  if (isSecondPerson || isQuestion) return false;
  return apposition.test(after) || relative.test(after) || list.test(after);
}

/** “…, Bob?”: at the end after a comma, in words that are said to somebody. */
function isClosing(before: string, after: string, { isSecondPerson, isQuestion, length }: Cues): boolean {
  if (!/[\p{L}\p{N}?!.…][,;?!…]\s*$/u.test(before) || !/^[\s?!.…)\p{P}\p{Emoji_Presentation}]*$/u.test(after))
    return false;
  if (/["“”„«»]/.test(after)) return false;
  return isSecondPerson || isQuestion || (length <= 6 && !aboutOthers.test(before));
}
