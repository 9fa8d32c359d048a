import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextAction } from '../../scripts/verify/actions.ts';
import { commandOf, readArguments, UsageError } from '../../scripts/verify/arguments.ts';
import { runMix } from '../../scripts/verify/mix.ts';
import { createRandom } from '../../scripts/verify/random.ts';
import { report } from '../../scripts/verify/report.ts';
import { checkHistory } from '../support/history-checker.ts';
import { intents, play } from '../support/room-commands.ts';
import { startApp } from '../support/start-app.ts';

const script = fileURLToPath(new URL('../../scripts/verify.ts', import.meta.url));

/** Runs the script as people do; its exit code and what it said. */
async function verify(...args: string[]): Promise<{ code: unknown; output: string }> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += String(bytes)));
  const [code] = await once(child, 'close');
  return { code, output };
}

test('[VF1] a server that keeps its promises gets a page that says so, with the command for the same plan', async () => {
  await using app = await startApp();
  const { code, output } = await verify(
    ...[app.url, '--seed', '7', '--minutes', '0.03', '--rooms', '2', '--people', '2'],
  );
  expect(output).toContain('No violation.');
  expect(output).toContain(`npm run verify -- ${app.url} --seed 7 --minutes 0.03 --rooms 2 --people 2`);
  for (const invariant of ['I1', 'I2', 'I3', 'I4', 'I5', 'I6'])
    expect(output).toMatch(new RegExp(`^${invariant} .*: [1-9]\\d* checked, 0 violations$`, 'm'));
  expect(code).toBe(0);
}, 60_000);

test('[VF2] a promise that was broken is on the page, with what shows it', async () => {
  await using app = await startApp();
  const plan = { urls: [app.url], seed: 8, duration: 1_500, rooms: 1, people: 2, spectators: 1, pace: 60 };
  const history = await runMix({ ...plan, quietWithin: 20_000 });
  expect(checkHistory(history).violations).toEqual([]);
  const acked = history.commands
    .flatMap(({ attempts }) => attempts)
    .map(({ outcome }) => (outcome.type === 'ok' ? outcome.result.seq : undefined))
    .find((seq) => seq !== undefined);
  const lost = {
    ...history,
    logs: history.logs.map((log) => ({ ...log, events: log.events.slice(0, (acked ?? 0) - 1) })),
  };
  const judgement = checkHistory(lost);
  expect(new Set(judgement.violations.map(({ invariant }) => invariant))).toContain('I1');
  expect(report(lost, judgement, 'the command')).toContain(`was acknowledged with seq ${acked}`);
}, 60_000);

test('[VF3] what somebody does next follows from the seed and the room alone', () => {
  fc.assert(
    fc.property(intents(), fc.nat(), (plan, seed) => {
      const { state } = play(plan);
      const actions = () => {
        const random = createRandom(`seed ${seed}`);
        let texts = 0;
        const who = { userId: 'own', isOwner: true, random, newText: () => `text ${++texts}` };
        return Array.from({ length: 20 }, () => nextAction(state, who));
      };
      expect(actions()).toEqual(actions());
    }),
    { numRuns: 50 },
  );
});

test('[VF4] the command line is read as it is written, and what will not do is told', async () => {
  const read = (...args: string[]) => readArguments(args, () => 42);
  const usual = { seed: 42, minutes: 1, rooms: 3, people: 4 };
  expect(read('http://localhost:3000/x')).toEqual({ ...usual, urls: ['http://localhost:3000'] });
  const wanted = read('http://a:1', 'http://b:2', '--seed', '5', '--minutes', '0.5');
  if (wanted === undefined) throw new Error('no arguments');
  expect(wanted).toMatchObject({ urls: ['http://a:1', 'http://b:2'], seed: 5, minutes: 0.5 });
  expect(readArguments(commandOf(wanted).split(' ').slice(4), () => 0)).toEqual(wanted);
  expect(read('--help')).toBeUndefined();
  for (const wrong of [[], ['localhost'], ['http://a', '--seed', 'x'], ['http://a', '--minutes', '0']])
    expect(() => read(...wrong)).toThrow(UsageError);
  expect(await verify()).toMatchObject({ code: 2, output: expect.stringContaining('which server?') });
});
