const stopWords = new Set(
  `about after again also anybody anyone around because been before being between both came come could does doing done
   down each else even ever every everyone first from give goes going good have having hello here idea just know last
   like list little long look made make many maybe mean might more most much must need never next nobody once only other
   over please point really right said same says should show since some someone something still such sure take tell than
   thank thanks that their them then there these they thing things think this those three through today together told
   under until very want wants well were what when where which while will with within without word words would write
   yeah your yours`.split(/\s+/),
);

/** The words of `text` that say what it is about, in order, at most `most` and none twice. */
export function topicsOf(text: string, most: number): string[] {
  const plain = text.replace(/```[\s\S]*?```|https?:\S+|@\S+/g, ' ');
  const words = plain.match(/\p{L}[\p{L}\p{N}-]{2,23}/gu) ?? [];
  const telling = words.filter((word) => word.length > 3 && !stopWords.has(word.toLowerCase()));
  const unique = new Map(telling.map((word) => [word.toLowerCase(), word]));
  const longest = [...unique.values()].sort((one, other) => other.length - one.length).slice(0, most);
  return [...unique.values()].filter((word) => longest.includes(word));
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
