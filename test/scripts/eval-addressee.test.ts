import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { guesses } from '../../scripts/eval-addressee/guess.ts';
import { parseLog, readLogs } from '../../scripts/eval-addressee/read-logs.ts';
import { add, noScore, scoreOf } from '../../scripts/eval-addressee/score.ts';

const logs = readLogs(fileURLToPath(new URL('../fixtures/irc', import.meta.url)));

test('[AD13] the ladder finds who is meant in a real log', () => {
  const { overall, noName } = logs.reduce(
    (score, { messages }) => add(score, scoreOf(messages, guesses(messages))),
    noScore,
  );
  expect(overall.of).toBeGreaterThan(50);
  expect(noName.of).toBeGreaterThan(20);
  expect(overall.right / overall.of).toBeGreaterThan(0.83);
  expect(noName.right / noName.of).toBeGreaterThan(0.72);
});

test('what the annotators know is not looked at', () => {
  for (const { messages } of logs) {
    const bare = messages.map(({ speaker, text }) => ({ speaker, text }));
    expect(guesses(bare)).toEqual(guesses(messages));
  }
});

test('a line that is no message is named', () => {
  expect(() => parseLog('{"i":1,"speaker":"ann","text":"hi"}\n{"i":', 'x.jsonl')).toThrow('x.jsonl:2');
});
