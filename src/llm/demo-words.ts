const stopWords = new Set(
  `about after again also anybody anyone around because been before being between both came come could does doing done
   down each else even ever every everyone first from give goes going good have having hello here idea just know last
   like list little long look made make many maybe mean might more most much must need never next nobody once only other
   over please point really right said same says should show since some someone something still such sure take tell than
   thank thanks that their them then there these they thing things think this those three through today together told
   under until very want wants well were what when where which while will with within without word words would write
   yeah your yours the whenever often always not and but for are was has had can its our out who why how did does you she her
   him his one two too all any get got let may now off old own put see use way yes few far ago nor yet answer explain
   options`.split(/\s+/),
);

const determiners = 'the|a|an|my|our|your|his|her|their|this|that|these|those';
const nounPhrase = new RegExp(
  `\\b(${determiners})\\s+(\\p{L}[\\p{L}\\p{N}-]{2,23})(?:\\s+(\\p{L}[\\p{L}\\p{N}-]{2,23}))?`,
  'giu',
);

/** What `text` is about, at most `most` things in order: "the turbine", "the garden party", or else its longest word. */
export function topicsOf(text: string, most: number): string[] {
  const plain = plainWords(text);
  // In "does the pump stop" the word after the noun is a verb.
  const isQuestion = /\b(do|does|did|can|could|will|would|should|is|are|was)\b[^.]*[.?!]*\s*$/i.test(plain);
  const phrases = [...plain.matchAll(nounPhrase)].flatMap(([, determiner = '', noun = '', next = '']) => {
    if (!isTelling(noun)) return [];
    const goesOn = !isQuestion && isTelling(next) && !/(s|ed|ing)$/i.test(next);
    return [`${seenFromHere(determiner)} ${goesOn ? `${noun} ${next}` : noun}`];
  });
  const unique = [...new Map(phrases.map((phrase) => [phrase.toLowerCase(), phrase])).values()];
  return unique.length > 0 ? unique.slice(0, most) : tellingWords(text).slice(0, 1);
}

/** The words of `text` that say something, longest first, none twice. */
export function tellingWords(text: string): string[] {
  const words = plainWords(text).match(/\p{L}[\p{L}\p{N}-]{2,23}/gu) ?? [];
  const unique = new Map(words.filter(isTelling).map((word) => [word.toLowerCase(), word]));
  return [...unique.values()].sort((one, other) => other.length - one.length);
}

function plainWords(text: string): string {
  return text.replace(/```[\s\S]*?```|https?:\S+|@\S+/g, ' ');
}

function isTelling(word: string): boolean {
  return word.length > 2 && !stopWords.has(word.toLowerCase());
}

function seenFromHere(determiner: string): string {
  const lower = determiner.toLowerCase();
  if (lower === 'my') return 'your';
  if (lower === 'your') return 'my';
  return lower === 'a' || lower === 'an' ? 'the' : lower;
}

/** The beginning of `text` as plain words on one line: at most `most` words and 9 characters for each. */
export function excerpt(text: string, most: number): string {
  const words = text
    .replace(/[`*_#>|[\]<]+/g, ' ')
    .trim()
    .split(/\s+/);
  const kept = words
    .slice(0, most)
    .join(' ')
    .slice(0, most * 9)
    .trim();
  const whole = kept.length === words.join(' ').length;
  return whole ? kept.replace(/[.!?,;:…]+$/, '') : `${kept.replace(/[.!?,;:…]+$/, '')} …`;
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

export function wordCount(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
