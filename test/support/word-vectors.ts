/** Words that mean the same here. */
const same = [
  ['physician', 'doctor', 'medic'],
  ['automobile', 'car', 'vehicle'],
  ['purchase', 'buy', 'acquire'],
];
const size = 64;

/** A vector that a text always gets: which of so many drawers its words fall into, those that mean the same into one. */
export function wordVector(text: string): number[] {
  const vector = new Array<number>(size).fill(0);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const drawer = same.findIndex((words) => words.includes(word));
    const at = drawer >= 0 ? drawer : same.length + (hash(word) % (size - same.length));
    vector[at] = (vector[at] ?? 0) + 1;
  }
  return vector;
}

function hash(word: string): number {
  let sum = 7;
  for (const character of word) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return sum;
}
