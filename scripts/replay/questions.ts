const questions = [
  'can you sum up where we are?',
  'what would you try next?',
  'which of these problems is still open?',
  'can you explain the last answer in simpler words?',
  'list the steps so far, please',
];

/** What a speaker asks the bot the `index`-th time somebody does. */
export function questionFor(botName: string, index: number): string {
  return `${botName}: ${questions[index % questions.length]}`;
}
