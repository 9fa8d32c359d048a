import type { DemoLine, DemoPrompt } from './demo-prompt.ts';
import { excerpt } from './demo-words.ts';

/** What a sentence has to have for somebody to note it: a number, a name of a program, or a word for how things are. */
const tells =
  /\d|\b(error|fail\w*|crash\w*|broken|works?|worked|installed|reinstalled|upgraded|updated|missing|empty|full|slow|enabled|disabled|supports?|running|using|version)\b/i;

/** Checks and questions by what is being spoken of; the last ones fit everything. */
const asks: readonly { when: RegExp; kind: 'QUESTION' | 'CHECK'; text: string }[] = [
  {
    when: /\b(disk|space|partition|mount|drive)\b/i,
    kind: 'CHECK',
    text: 'Run `df -h` and tell what it shows.',
  },
  {
    when: /\b(wifi|wireless|network|dns|internet|router)\b/i,
    kind: 'CHECK',
    text: 'Run `ip addr` and tell what it shows.',
  },
  {
    when: /\b(boot|grub|kernel|login screen)\b/i,
    kind: 'CHECK',
    text: 'Look at the last lines of `dmesg` after it happens.',
  },
  {
    when: /\b(sound|audio|speaker|microphone)\b/i,
    kind: 'CHECK',
    text: 'Run `aplay -l` and tell what it lists.',
  },
  {
    when: /\b(install|package|apt|repo\w*|dependenc\w+)\b/i,
    kind: 'QUESTION',
    text: 'From where was it installed, and in which version?',
  },
  { when: /\b(error|fail\w*|crash\w*)\b/i, kind: 'QUESTION', text: 'What exactly does the message say?' },
  { when: /./, kind: 'QUESTION', text: 'When did it last work, and what has changed since?' },
];

/** Whether a prompt lets notes be taken. */
export function takesNotes(background: string): boolean {
  return background.includes('[PROMOTE]');
}

/** Messages that are looked through, and facts noted at once. */
const lookedAt = 12;
const mostFacts = 3;

/** What the demo model notes beside a reply: a few facts that people told, and something to find out. */
export function demoNotes({ lines, name }: DemoPrompt, background: string): string {
  const told = lines.slice(-lookedAt).toReversed();
  const facts = told.flatMap((line) => factsIn(line, name)).filter((text) => !background.includes(text));
  const last = told[0];
  const ask = last?.text.includes('?')
    ? asks.find(({ when, text }) => when.test(last.text) && !background.includes(text))
    : undefined;
  const promoted = [...new Set(facts)]
    .slice(0, mostFacts)
    .map((text) => marker('PROMOTE', { text, summary: 'as told in the conversation' }));
  return promoted.join('') + (ask === undefined ? '' : marker(ask.kind, { text: ask.text }));
}

const marker = (name: string, body: object) => `[${name}]${JSON.stringify(body)}[/${name}]`;

function factsIn({ name, text }: DemoLine, me: string): string[] {
  if (name === '' || name === me) return [];
  return text
    .split(/(?<=[.!?])\s+|\n/)
    .map((sentence) => sentence.replace(/^@?[\w-]+[:,]\s*/, '').trim())
    .filter(
      (sentence) => !sentence.endsWith('?') && sentence.split(/\s+/).length >= 5 && tells.test(sentence),
    )
    .map((sentence) => `${name} said: ${excerpt(sentence, 28)}.`);
}
