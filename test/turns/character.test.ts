import { expect, test } from 'vitest';
import { profileOf } from '../../src/cards/profile-of-card.ts';
import { readCard } from '../../src/cards/read-card.ts';
import type { Bot } from '../../src/domain/bot.ts';
import { initialState, type TimelineMessage } from '../../src/domain/room-state.ts';
import { countTokens } from '../../src/turns/count-tokens.ts';
import { composePrompt, defaultBudget } from '../../src/turns/prompt.ts';
import { fixture } from '../support/fixtures.ts';

const hob: Bot = { id: 'hob', ...profileOf(readCard(fixture('cards/v2.json'))) };
const room = {
  ...initialState('r'),
  members: [
    { userId: 'a', name: 'Ann', role: 'owner' as const },
    { userId: 'w', name: 'Wren', role: 'participant' as const },
  ],
};
const message = (name: string, text: string, seq: number): TimelineMessage => ({
  messageId: `m${seq}`,
  author: { type: 'user', id: name, name },
  text,
  seq,
  at: '',
  edited: false,
  versions: [],
});
const system = (bot: Bot, budget = defaultBudget, ...texts: string[]) => {
  const timeline = (texts.length === 0 ? ['Hello'] : texts).map((text, index) =>
    message('Wren', text, index + 1),
  );
  return composePrompt(bot, room, timeline, budget)[0]?.content ?? '';
};

test('[CC6] a character’s texts are in the prompt, with names for who is meant', () => {
  const prompt = system(hob);
  expect(prompt).toContain('Hob Underhill grafts apple trees out of scrap iron.');
  expect(prompt).toContain('warm, evasive');
  expect(prompt).toContain('The scenario: A walk through the orchard at dusk.');
  expect(prompt).toContain('Wren: Do they bloom?\nHob Underhill: They rust.');
  expect(prompt).not.toMatch(/\{\{|<START>/i);
});

test('[CC6] creator notes, tags, greetings and the like are not', () => {
  const prompt = system(hob, defaultBudget, 'orchard press night Oriel secret scarecrow');
  for (const hidden of [
    'CREATOR-NOTES',
    'shed-keeper',
    'machines',
    'It is dusk.',
    'The gate sings',
    'Mind the roots',
  ])
    expect(prompt).not.toContain(hidden);
});

test('[CC6] [CC7] lorebook entries are when the talk comes to them', () => {
  expect(system(hob)).toContain('Nothing grows in the iron rows');
  expect(system(hob)).not.toContain('Oriel owned');
  const prompt = system(hob, defaultBudget, 'Was it Oriel’s press that runs at night?');
  const places = ['Nothing grows', 'Oriel owned', 'The cider press runs'].map((text) => prompt.indexOf(text));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
  expect(prompt).toContain('Hob Underhill pretends not to know');
  expect(prompt).not.toMatch(/Switched off|scarecrow has moved/);
});

test('[CC6] where the book’s tokens are few, what matters least goes first', () => {
  const entry = (content: string, priority: number) => ({
    keys: ['x'],
    content,
    priority,
    insertion_order: 1,
  });
  const lorebook = {
    token_budget: 60,
    entries: [entry(`low ${'a b '.repeat(20)}`, 1), entry(`high ${'c d '.repeat(20)}`, 9)],
  };
  const prompt = system({ id: 'b', name: 'B', persona: '', lorebook }, defaultBudget, 'x');
  expect(prompt).toContain('high');
  expect(prompt).not.toContain('low');
});

test('[CC6] however much a character has to say, the prompt stays within its budget', () => {
  const words = (length: number) => 'wörter {{char}} '.repeat(length / 16).slice(0, length);
  const entries = Array.from({ length: 200 }, (_, index) => ({
    keys: [],
    constant: true,
    content: `${index} ${words(1_000)}`,
  }));
  const bot = {
    id: 'b',
    name: 'A name of sixty characters that goes on and on and on, indeed',
    persona: words(20_000),
    scenario: words(8_000),
    examples: `<START>${words(3_000)}`.repeat(6),
    lorebook: { entries },
  };
  for (const budget of [defaultBudget, { soft: 500, hard: 1_000 }]) {
    const prompt = composePrompt(bot, room, [message('Wren', words(30_000), 1)], budget);
    const total = prompt.reduce((sum, { content }) => sum + countTokens(content) + 4, 0);
    expect(prompt).toHaveLength(2);
    expect(total).toBeLessThanOrEqual(budget.hard * 1.1);
  }
});
