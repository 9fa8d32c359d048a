import type { Progress } from './play.ts';
import type { Stage } from './stage.ts';

const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** Messages between lines where the output is no terminal. */
const every = 100;

type Output = { write(text: string): unknown; isTTY?: boolean };

/** Shows how far a replay is: on one line of a terminal, elsewhere now and then. */
export function showProgress(output: Output): (progress: Progress) => void {
  return (progress) => {
    const { messages, of, speakers, replies } = progress;
    const text = `${messages} of ${of} · ${count(speakers, 'speaker')} · ${count(replies, 'reply', 'replies')}`;
    if (output.isTTY === true) output.write(`\r\u001b[K${text}${messages === of ? '\n' : ''}`);
    else if (messages % every === 0 || messages === of) output.write(`${text}\n`);
  };
}

/** What there is to say at the end. */
export function summary(progress: Progress, stage: Stage, seconds: number): string {
  const { messages, of, questions, speakers, replies, awaited } = progress;
  const lines = [
    `${messages < of ? 'Stopped early: ' : ''}${messages} of ${count(of, 'message')} by ${count(speakers, 'speaker')} in ${seconds.toFixed(1)} s.`,
    `${count(replies, 'bot reply', 'bot replies')}${questions > 0 ? `; the bot was asked ${count(questions, 'more question')}` : ''}${awaited > 0 ? `; ${awaited} still to come` : ''}.`,
    '',
    `take part  ${stage.participantLink}`,
    `watch      ${stage.spectatorLink}`,
  ];
  return `${lines.join('\n')}\n`;
}
