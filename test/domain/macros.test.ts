import { expect, test } from 'vitest';
import { withNames } from '../../src/domain/macros.ts';

test.each([
  ['{{char}} and {{User}}, {{CHAR}}', 'Ada and $& Bo, Ada'],
  ['<BOT> <user> <CHAR>', 'Ada $& Bo Ada'],
  ['Rules. {{original}}', 'Rules. '],
  ['{{random:a,b}} {char} <b>', '{{random:a,b}} {char} <b>'],
])('[CC6] %j names who is meant', (text, expected) => {
  expect(withNames(text, { char: 'Ada', user: '$& Bo' })).toBe(expected);
});
