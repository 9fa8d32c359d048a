import { describe, expect, test } from 'vitest';
import { readArguments, UsageError } from '../../scripts/replay/arguments.ts';

describe('the command line', () => {
  test('needs a file and a room', () => {
    expect(readArguments(['log.jsonl', '--room', 'Ubuntu'])).toEqual({
      file: 'log.jsonl',
      room: 'Ubuntu',
      url: 'http://localhost:3000',
      speed: 10,
      limit: Number.POSITIVE_INFINITY,
      bot: 'Kibitz',
      askEvery: 0,
      template: 'troubleshooting',
    });
  });

  test('takes the rest as options', () => {
    const given =
      '--room U --url https://k.example/x --speed max --limit 5 --bot ubottu --ask-every 3 f'.split(' ');
    expect(readArguments(given)).toMatchObject({
      url: 'https://k.example',
      speed: Number.POSITIVE_INFINITY,
      limit: 5,
      bot: 'ubottu',
      askEvery: 3,
    });
  });

  test('may ask for help', () => {
    expect(readArguments(['--help'])).toBeUndefined();
  });

  test.each([
    [[], 'which file'],
    [['f'], '--room is missing'],
    [['f', 'g', '--room', 'U'], 'one file'],
    [['f', '--room', 'U', '--speed', '0'], '--speed'],
    [['f', '--room', 'U', '--limit', '1.5'], '--limit'],
    [['f', '--room', 'U', '--url', 'localhost:3000'], '--url'],
    [['f', '--room', 'U', '--loud'], '--loud'],
  ])('that will not do says why: %j', (given, message) => {
    expect(() => readArguments(given)).toThrow(UsageError);
    expect(() => readArguments(given)).toThrow(message);
  });
});
