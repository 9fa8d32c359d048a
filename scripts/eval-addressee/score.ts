import type { Guess } from './guess.ts';
import type { LogMessage } from './read-logs.ts';

type Count = { right: number; of: number };
export type Score = { overall: Count; noName: Count };

export const noScore: Score = { overall: { right: 0, of: 0 }, noName: { right: 0, of: 0 } };

/** How often the guesses are right, on the messages whose addressee the annotators know. */
export function scoreOf(messages: readonly LogMessage[], guesses: readonly Guess[]): Score {
  return messages.reduce((score, { gold }, index) => {
    const guess = guesses[index];
    if (gold.addressee === undefined || guess === undefined) return score;
    const one = { right: guess.structure.best === gold.addressee ? 1 : 0, of: 1 };
    return add(score, { overall: one, noName: guess.namesSomebody ? noScore.noName : one });
  }, noScore);
}

export function add(a: Score, b: Score): Score {
  const sum = (x: Count, y: Count) => ({ right: x.right + y.right, of: x.of + y.of });
  return { overall: sum(a.overall, b.overall), noName: sum(a.noName, b.noName) };
}

export function line(name: string, { overall, noName }: Score): string {
  return `${name.padEnd(28)}  overall ${percent(overall)}   no name ${percent(noName)}`;
}

function percent({ right, of }: Count): string {
  const share = of === 0 ? '–' : `${((100 * right) / of).toFixed(1)} %`;
  return `${share.padStart(7)} (${right}/${of})`.padEnd(20);
}
