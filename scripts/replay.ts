/** Plays an IRC log into a running Kibitz through its public protocol: a demo, a source of load and a test. */
import { readFileSync } from 'node:fs';
import { type ReplayArguments, readArguments, UsageError, usage } from './replay/arguments.ts';
import { LogError, type ParsedLog, parseLog } from './replay/parse-log.ts';
import { play } from './replay/play.ts';
import { showProgress, summary } from './replay/progress.ts';
import { ServerError, Unreachable } from './replay/server-error.ts';
import { setStage } from './replay/stage.ts';

const interrupted = 130;

async function main(): Promise<number> {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted === undefined) {
    console.log(usage);
    return 0;
  }
  const { lines, blank } = readLog(wanted.file);
  const leaving = new AbortController();
  process.once('SIGINT', () => leaving.abort());
  const { signal } = leaving;
  try {
    return await replay(wanted, lines.slice(0, wanted.limit), blank, signal);
  } catch (reason) {
    if (!signal.aborted) throw reason;
    console.error('\nStopped before it began.');
    return interrupted;
  }
}

async function replay(
  { url, room, bot, speed, askEvery, template }: ReplayArguments,
  lines: ParsedLog['lines'],
  blank: number,
  signal: AbortSignal,
): Promise<number> {
  const stage = await setStage({ url, title: room, template, botName: bot, signal });
  console.log(`watch      ${stage.spectatorLink}`);
  if (blank > 0) console.log(`left out   ${blank} blank ${blank === 1 ? 'message' : 'messages'}`);
  const startedAt = performance.now();
  const onProgress = showProgress(process.stdout);
  const progress = await play({ url, stage, lines, speed, botName: bot, askEvery, signal, onProgress });
  process.stdout.write(`\n${summary(progress, stage, (performance.now() - startedAt) / 1_000)}`);
  return signal.aborted ? interrupted : 0;
}

function readLog(file: string): ParsedLog {
  try {
    return parseLog(readFileSync(file, 'utf8'));
  } catch (reason) {
    if (reason instanceof LogError) throw new LogError(`${file}: ${reason.message}`);
    if (reason instanceof Error && 'code' in reason)
      throw new LogError(`${file} cannot be read (${reason.code})`);
    throw reason;
  }
}

/** What went wrong, and the way out where there is one. */
function explain(reason: unknown): string {
  if (reason instanceof UsageError) return `${reason.message}\n\n${usage}`;
  if (reason instanceof LogError) {
    return `${reason.message}\nA log has one JSON object a line: {"i":1,"at":"HH:MM","speaker":"…","text":"…"}`;
  }
  if (reason instanceof Unreachable) {
    return `${reason.message}\nStart one with \`npm start\`, or say where it runs with --url.`;
  }
  if (reason instanceof ServerError && reason.message.includes('/api/session')) {
    return `${reason.message}\nA replay makes a guest and a room of its own: start the server with SIGNUP=open.`;
  }
  if (reason instanceof ServerError) return reason.message;
  return reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
}

try {
  process.exitCode = await main();
} catch (reason) {
  console.error(`\nreplay: ${explain(reason)}`);
  process.exitCode = 1;
}
