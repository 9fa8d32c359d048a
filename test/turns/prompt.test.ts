import fc from 'fast-check';
import { expect, test } from 'vitest';
import { initialState, type TimelineMessage } from '../../src/domain/room-state.ts';
import { countTokens } from '../../src/turns/count-tokens.ts';
import { composePrompt, inAnsweringOrder } from '../../src/turns/prompt.ts';

const bot = { id: 'kib', name: 'Kibitz', persona: 'You are dry and precise.' };
const people = [{ userId: 'a', name: 'Ann', role: 'owner' as const }];
const room = {
  ...initialState('r'),
  members: [...people, { userId: 's', name: 'Lurker', role: 'spectator' as const }],
  bots: [{ botId: 'kib', name: 'Kibitz', role: 'host' as const }],
};

function message(
  seq: number,
  author: 'Ann' | 'Kibitz' | 'Other',
  text: string,
  cause?: string,
): TimelineMessage {
  const id = { Ann: 'a', Kibitz: 'kib', Other: 'oth' }[author];
  const type = author === 'Ann' ? ('user' as const) : ('bot' as const);
  const at = new Date(seq).toISOString();
  return {
    messageId: `m${seq}`,
    author: { type, id, name: author },
    text,
    seq,
    at,
    edited: false,
    versions: [],
    ...(cause === undefined ? {} : { cause }),
  };
}
const budget = { soft: 500, hard: 1_000 };
const total = (prompt: { content: string }[]) =>
  prompt.reduce((sum, { content }) => sum + countTokens(content) + 4, 0);

test('[TN3] it says who the bot is, where, with whom, and who wrote what', () => {
  const timeline = [
    message(3, 'Ann', 'Hi'),
    message(4, 'Kibitz', 'Hello Ann'),
    message(5, 'Other', 'Beep'),
    message(6, 'Ann', 'Why?'),
  ];
  const [system, ...rest] = composePrompt(
    bot,
    { ...room, room: { ...room.room, title: 'Lab' } },
    timeline,
    budget,
  );
  expect(system?.role).toBe('system');
  for (const part of ['Kibitz', '“Lab”', bot.persona, 'People in the room: Ann.'])
    expect(system?.content).toContain(part);
  expect(system?.content).not.toContain('Lurker');
  expect(rest).toEqual([
    { role: 'user', content: 'Ann: Hi' },
    { role: 'assistant', content: 'Hello Ann' },
    { role: 'user', content: 'Other: Beep' },
    { role: 'user', content: 'Ann: Why?' },
  ]);
});

test('[TN2] replies that were written meanwhile go before the message that asks', () => {
  const timeline = [
    message(3, 'Ann', 'first'),
    message(4, 'Ann', 'second'),
    message(5, 'Ann', 'third'),
    message(6, 'Kibitz', 'to the first', 'm3'),
  ];
  const order = inAnsweringOrder(timeline, 'm4').map(({ text }) => text);
  expect(order).toEqual(['first', 'to the first', 'second', 'third']);
  expect(inAnsweringOrder(timeline, 'unknown')).toEqual(timeline);
});

test('[TN6] older messages go first when the budget is spent; the newest stays', () => {
  const timeline = Array.from({ length: 60 }, (_, index) =>
    message(index + 1, 'Ann', `number ${index + 1} ${'word '.repeat(20)}`),
  );
  const prompt = composePrompt(bot, room, timeline, budget);
  expect(total(prompt)).toBeLessThanOrEqual(budget.soft);
  const kept = prompt.slice(1).map(({ content }) => Number(/number (\d+)/.exec(content)?.[1]));
  expect(kept.at(-1)).toBe(60);
  expect(kept).toEqual(timeline.slice(-kept.length).map(({ seq }) => seq));
  expect(kept.length).toBeGreaterThan(3);
});

test('[TN6] the latest few stay past the soft limit, and a message past the hard one loses its middle', () => {
  const long = (tag: string) => `${tag}-start ${'word '.repeat(180)} ${tag}-end`;
  const few = composePrompt(
    bot,
    room,
    [message(1, 'Ann', long('a')), message(2, 'Kibitz', long('b')), message(3, 'Ann', 'and?')],
    budget,
  );
  expect(few).toHaveLength(4);
  const huge = composePrompt(bot, room, [message(1, 'Ann', `begin ${'word '.repeat(6_000)} finish`)], budget);
  expect(huge[1]?.content).toMatch(/^Ann: begin[\s\S]*left out[\s\S]*finish$/);
  expect(total(huge)).toBeLessThanOrEqual(budget.hard);
});

test('[TN6] whatever is written, a prompt stays within its hard budget', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 3_000, unit: 'binary' }),
    fc.nat({ max: 9_000 }).map((n) => 'あ'.repeat(n)),
    fc.constant('<|endoftext|>'),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 12 }), (texts) => {
      const timeline = texts.map((said, index) => message(index + 1, index % 3 ? 'Ann' : 'Kibitz', said));
      // Cutting a text changes how it falls into tokens, by a few at each seam.
      expect(total(composePrompt(bot, room, timeline, budget))).toBeLessThanOrEqual(budget.hard * 1.1);
    }),
    { numRuns: 100 },
  );
});

test('tokens are counted in time that grows with the text alone', () => {
  expect(countTokens('hello <|endoftext|> world')).toBeGreaterThan(3);
  expect(countTokens('日本語テキスト'.repeat(4_000))).toBeGreaterThan(10_000);
});
