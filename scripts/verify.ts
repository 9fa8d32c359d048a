/** Has a seeded mix of clients use a running deployment, and checks what it must never break: see docs/verify.md. */
import { randomInt } from 'node:crypto';
import { checkHistory } from '../test/support/history-checker.ts';
import { commandOf, readArguments, UsageError, usage } from './verify/arguments.ts';
import { runMix } from './verify/mix.ts';
import { report } from './verify/report.ts';

/** Milliseconds between two things that one person does, and that all may take to come to rest in the end. */
const pace = 400;
const quietWithin = 120_000;

async function main(): Promise<number> {
  const wanted = readArguments(process.argv.slice(2), () => randomInt(1_000_000));
  if (wanted === undefined) {
    console.log(usage);
    return 0;
  }
  const { urls, seed, minutes, rooms, people } = wanted;
  const command = commandOf(wanted);
  console.log(
    `seed ${seed}: ${rooms} rooms with ${people} people each, for ${minutes} minutes, at ${urls.join(', ')}`,
  );
  const history = await runMix({
    urls,
    seed,
    duration: minutes * 60_000,
    rooms,
    people,
    spectators: 1,
    pace,
    quietWithin,
  });
  const judgement = checkHistory(history);
  console.log(report(history, judgement, command));
  return judgement.violations.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (reason) {
  const isUsage = reason instanceof UsageError;
  console.error(
    `verify: ${reason instanceof Error ? reason.message : String(reason)}${isUsage ? `\n${usage}` : ''}`,
  );
  process.exitCode = isUsage ? 2 : 1;
}
