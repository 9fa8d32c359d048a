import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const idsIn = (text: string, pattern: RegExp) =>
  new Set([...text.matchAll(pattern)].map((match) => match[1]));

const rules = idsIn(readFileSync(`${root}SPEC.md`, 'utf8'), /^- \*\*\[([A-Z]{2}\d+)\]\*\*/gm);
const tests = globSync('test/**/*.test.ts', { cwd: root }).map((file) =>
  readFileSync(`${root}${file}`, 'utf8'),
);
const tested = idsIn(tests.join('\n'), /\[([A-Z]{2}\d+)\]/g);

test('every rule of SPEC.md is named by a test', () => {
  expect(rules.size).toBeGreaterThan(40);
  expect([...rules].filter((id) => !tested.has(id))).toEqual([]);
});

test('every rule a test names stands in SPEC.md', () => {
  expect([...tested].filter((id) => !rules.has(id))).toEqual([]);
});
