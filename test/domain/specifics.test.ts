import { expect, test } from 'vitest';
import { isFailedCommand, isNoAnswer, unsupported } from '../../src/domain/specifics.ts';

test('[FA6] numbers, names, versions and paths of a draft must be in what it was drawn from', () => {
  const answer = 'It shows /dev/sda1 at 97% on Fedora 40, kernel 6.9.1-200.';
  expect(unsupported('The disk sda1 was at 97% on Fedora 40.', [answer])).toEqual([]);
  expect(unsupported('The disk was at 98% on Fedora 40.', [answer])).toEqual(['98']);
  expect(unsupported('The disk was full on Debian.', [answer])).toEqual(['Debian']);
  expect(unsupported('The kernel was 6.9.2-200.', [answer])).toEqual(['6.9.2-200']);
  expect(unsupported('It was nearly full.', [answer])).toEqual([]);
});

test('[FA6] an answer that says nothing is none', () => {
  for (const nothing of ['', '  ', 'unknown', "I don't know", 'No idea.', 'n/a', '(no output)', '???']) {
    expect(isNoAnswer(nothing)).toBe(true);
  }
  for (const something of ['It does not start', '0', 'No, it is the other one']) {
    expect(isNoAnswer(something)).toBe(false);
  }
});

test('[FA6] a failed command is no fact', () => {
  for (const failed of [
    'bash: foo: command not found',
    'Permission denied',
    'exit status 1',
    'ls: cannot access x: No such file or directory',
  ]) {
    expect(isFailedCommand(failed)).toBe(true);
  }
  expect(isFailedCommand('Filesystem 97%\n/dev/sda1\ncannot access one of them')).toBe(false);
  expect(isFailedCommand('All is well')).toBe(false);
});
