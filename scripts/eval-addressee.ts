/** Measures the structural part of the addressee ladder on logs of people in which annotators say who answers whom. */
import { parseArgs } from 'node:util';
import type { Weights } from '../src/domain/addressee/weights.ts';
import { fitWeights } from './eval-addressee/fit.ts';
import { guesses } from './eval-addressee/guess.ts';
import { type Log, LogError, readLogs } from './eval-addressee/read-logs.ts';
import { add, line, noScore, type Score, scoreOf } from './eval-addressee/score.ts';

const usage = `usage: npm run eval:addressee -- DIR [--fit]
  DIR     a folder of logs, or one: {"speaker":"…","text":"…","addressee":"…"} a line, .jsonl
  --fit   fit the weights anew to all but each log and measure on that one; then print those fitted to all`;

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { fit: { type: 'boolean' } },
  });
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) {
    console.error(usage);
    return 2;
  }
  const logs = readLogs(path);
  if (values.fit === true) {
    report(logs, (log) => fitWeights(logs.filter((other) => other !== log)));
    const rounded = Object.entries(fitWeights(logs)).map(([name, weight]) => [
      name,
      Number(weight.toFixed(2)),
    ]);
    console.log(JSON.stringify(Object.fromEntries(rounded), null, 2));
  } else report(logs);
  return 0;
}

function report(logs: readonly Log[], weightsFor: (log: Log) => Weights | undefined = () => undefined): void {
  let total: Score = noScore;
  for (const log of logs) {
    const score = scoreOf(log.messages, guesses(log.messages, weightsFor(log)));
    total = add(total, score);
    console.log(line(log.name, score));
  }
  console.log(line('total', total));
}

try {
  process.exitCode = main();
} catch (reason) {
  console.error(
    `eval:addressee: ${reason instanceof LogError ? reason.message : String(reason)}\n\n${usage}`,
  );
  process.exitCode = 1;
}
