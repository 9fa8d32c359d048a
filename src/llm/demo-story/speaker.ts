import { isFresh } from '../demo-fresh.ts';
import type { Pick } from '../demo-random.ts';
import { capital } from '../demo-words.ts';
import type { Blanks } from './blanks.ts';

/** Fillings that make a phrase belong to this story and what was just said in it. */
const own = /\{(topic|quote|named|prop|place|clock)\}/i;

/** Says phrases whose blanks can be filled, and none that was said before. */
export function createSpeaker(said: string, blanks: Blanks, pick: Pick) {
  let all = said;

  const canFill = (phrase: string) =>
    [...phrase.matchAll(/\{(\w+)\}/g)].every(([, blank = '']) => blanks[blank.toLowerCase()] !== undefined);

  function speak(phrases: readonly string[]): string {
    const owned = phrases.filter((phrase) => own.test(phrase));
    const [some, ...more] = owned.length > 0 && pick([true, false]) ? owned : phrases;
    if (some === undefined) return '';
    const text = pick([some, ...more]).replace(/\{(\w+)\}/g, (_, blank: string) => {
      const filling = blanks[blank.toLowerCase()] ?? '';
      return blank === blank.toLowerCase() ? filling : capital(filling);
    });
    all += `\n${text}`;
    return text;
  }

  const freshOf = (phrases: readonly string[]) =>
    phrases.filter((phrase) => canFill(phrase) && isFresh(phrase, all));

  return {
    /** One of these, or nothing where all were said. */
    perhaps: (phrases: readonly string[]): string => speak(freshOf(phrases)),

    /** One of the first of these lists that has something new to say; when none has, something again. */
    say(...lists: readonly (readonly string[])[]): string {
      const fresh = lists.map(freshOf).find((phrases) => phrases.length > 0);
      return speak(fresh ?? lists.flat().filter(canFill));
    },
  };
}

export type Speaker = ReturnType<typeof createSpeaker>;
