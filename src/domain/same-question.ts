import { decides, spokenWords } from './document/growth.ts';
import { sameQuestion, type Task } from './task.ts';

/** Of the words of both, the part that must be in each of them. */
const nearFrom = 0.75;
/** Fewer words say too little to tell by them. */
const fewest = 2;

/**
 * Whether two texts put the same question, or ask for the same check, in nearly the same words: one says all that the other
 * does and little more, but for its form. Texts that differ in a number, a “not” or in what they ask for (where, when, why)
 * never do. Checks are commands and paths: there every word counts.
 */
export function asksTheSame(a: Pick<Task, 'kind' | 'text'>, b: Pick<Task, 'kind' | 'text'>): boolean {
  if (sameQuestion(a.text, b.text)) return true;
  if (a.kind !== b.kind) return false;
  const [first, second] = [tellingWords(a.text), tellingWords(b.text)];
  const [shorter, longer] = first.size <= second.size ? [first, second] : [second, first];
  if (shorter.size < fewest || [...shorter].some((word) => !longer.has(word))) return false;
  if (a.kind === 'check') return shorter.size === longer.size;
  const more = [...longer].filter((word) => !shorter.has(word));
  return shorter.size / longer.size >= nearFrom && !more.some(decides) && sameAim(a.text, b.text);
}

function sameAim(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) =>
    [...spokenWords(text)].filter((word) => aims.has(word)).toSorted(),
  );
  return first?.join() === second?.join();
}

/** Words that tell what a question is about, by their stems. */
function tellingWords(text: string): Set<string> {
  return new Set([...spokenWords(text)].filter((word) => !common.has(word) && !aims.has(word)).map(stem));
}

/** “restarted” and “restarts” as “restart”; a number and what says “not” stay as they are. */
function stem(word: string): string {
  return decides(word) || word.length < 5 ? word : word.replace(/(?:ing|ed|es|s)$/, '');
}

const aims = new Set('when where who whom whose why how'.split(' '));

/** Words that a question can do without. “before”, “off” or “first” are none of them. */
const common = new Set(
  (
    'a an the this that these those is are was were be been being am do does did have has had will would can could should ' +
    'may might i you we he she it they me us them my your our his her its their of to for and or what which please tell ' +
    'know say there here so then just also exactly'
  ).split(' '),
);
