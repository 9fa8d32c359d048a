import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDemoModel } from '../../src/llm/demo-model.ts';
import { deedIn } from '../../src/llm/demo-story/deed.ts';
import { intentOf } from '../../src/llm/demo-story/intent.ts';
import { livelyVoice } from '../../src/llm/demo-story/lively-voice.ts';
import { outcomes } from '../../src/llm/demo-story/outcomes.ts';
import { plainVoice } from '../../src/llm/demo-story/plain-voice.ts';
import { toldByItself } from '../../src/llm/demo-story/told-by-itself.ts';
import type { ChatMessage } from '../../src/llm/language-model.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { drain, never, shown } from './fakes.ts';

const model = createDemoModel({ clock: createManualClock(), tokensPerSecond: 0 });
const words = (text: string) => text.match(/\S+/g)?.length ?? 0;

const background = [
  'You are Ada, an AI participant in the shared room “Night”.',
  'Ada keeps the light at the end of the pier. She is dry and quiet.',
  'The scenario: A boat has come in, and the rope is cut.',
  'The scene now: The boat. Place: the pier, in the rain. Time in the story: past midnight, low water.',
  'People in the room: Mira.',
  'Other AI participants: Bo.',
].join('\n\n');

/** What Ada says in a story, given what was said before, as `Name: text`, by Ada herself without a name. */
async function said(...before: string[]): Promise<string> {
  const messages: ChatMessage[] = [
    { role: 'system', content: background },
    ...before.map((content): ChatMessage => {
      const isOwn = content.startsWith('Ada: ');
      return isOwn ? { role: 'assistant', content: content.slice(5) } : { role: 'user', content };
    }),
  ];
  return shown((await drain(model.stream({ messages }, never()))).parts);
}

describe('[MD7] in a story the demo model', () => {
  test('tells what comes of what a person does', async () => {
    const reply = await said('Mira: I open the hatch and climb down. Is anybody there?');
    expect(reply).toMatch(/^\*You open the hatch and climb down\. /);
    expect(outcomes.move.some((outcome) => reply.includes(outcome))).toBe(true);
    expect(reply).toMatch(/\?$/);
  });

  test('knows where and how late it is, and who it is', async () => {
    expect(await said('Mira: Where are we?')).toMatch(/the pier|same place/i);
    expect(await said('Mira: How late is it?')).toMatch(/past midnight|Late/i);
    const introduction = await said('Mira: Who are you?');
    expect(introduction).toMatch(/I keep the light at the end of the pier\.|Somebody who was here/);
    expect(introduction).not.toContain('demo model');
  });

  test('puts in a word on what another character said, in one breath', async () => {
    const aside = await said('Mira: Whose boat is it?', 'Bo: Nobody’s, I should say, and I ought to know.');
    expect(words(aside)).toBeLessThan(40);
    expect(aside).not.toMatch(/demo model|Hello|Hi |Hey /);
  });

  test('steps out when it is asked to', async () => {
    expect(await said('Mira: Are you real?')).toContain('demo model');
    expect(await said('Mira: The rope is cut.', 'Mira: Sum up so far')).toContain('The rope is cut');
  });

  test('begins with the scene when nobody has spoken', async () => {
    const first = await said('[Nobody has spoken yet. Open the conversation with your first message.]');
    expect(first).toMatch(/^\*The pier, past midnight\.\*/);
    expect(first).not.toContain('Nobody has spoken');
  });

  test('goes on for twenty messages without greeting anybody or saying a sentence twice', async () => {
    const asks = [
      'hello',
      'I look at the rope',
      'Who cut it?',
      'Why?',
      'yes',
      'I am cold.',
      'thanks',
      'Bo, help me',
    ];
    const history: string[] = [];
    const sentences = new Set<string>();
    for (let turn = 0; turn < 20; turn += 1) {
      history.push(`Mira: ${asks[turn % asks.length]}`);
      const reply = await said(...history);
      expect(reply).not.toMatch(/\b(welcome|good to have you|glad you)\b|demo model/i);
      for (const sentence of reply.split(/(?<=[.!?][*”]?)\s+/)) {
        // What is told back to a person is theirs.
        if (words(sentence) < 4 || /^\*You /.test(sentence)) continue;
        expect([turn, sentence, sentences.has(sentence)]).toEqual([turn, sentence, false]);
        sentences.add(sentence);
      }
      history.push(`Ada: ${reply}`);
    }
  });

  test('says something whole whatever is written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), async (text) => {
        const reply = await said('Mira: The tide is out.', `Mira: ${text}`);
        expect(words(reply)).toBeGreaterThanOrEqual(30);
        expect(reply).not.toMatch(/undefined|\{(me|who|other|topic|quote|prop|place|clock|intro|named)\}/);
      }),
    );
  });
});

test.each([
  ['I open the door.', 'you open the door', 'open'],
  ['I go to my window and look through the gap', 'you go to your window and look through the gap', 'look'],
  ['“Come in,” I say, and hold out a cup.', 'you hold out a cup', 'touch'],
  ['*opens the hatch and climbs down*', 'you open the hatch and climb down', 'move'],
  ['Well then. I sit down next to him.', 'you sit down next to him', 'rest'],
  ['look around', 'you look around', 'look'],
  ['*shivers* That was close', 'you shiver', 'rest'],
])('a deed is told to who did it: %s', (text, told, kind) => {
  expect(deedIn(text)).toEqual({ told, kind });
});

test.each([
  'I think we should go.',
  'I don’t trust you',
  'Where is the boat?',
  'open the door please',
  'Go on',
  'Tell me about it',
  '“Show yourself!”',
  '',
])('%j is no deed', (text) => {
  expect(deedIn(text)).toBeUndefined();
});

test.each([
  ['hi', 'meeting'],
  ['Hello there, my name is Mira.', 'meeting'],
  ['Who are you?', 'self'],
  ['What are you drawing?', 'questions'],
  ['where are we', 'where'],
  ['What time is it?', 'when'],
  ['What should we do?', 'advice'],
  ['Is it safe?', 'whether'],
  ['Why is it so dark?', 'why'],
  ['Do you trust Bo?', 'named'],
  ['ok', 'yes'],
  ['No.', 'no'],
  ['The rope is cut.', 'statements'],
])('%s wants to be taken as one of the %s', (text, intent) => {
  expect(intentOf(text, ['Bo'])).toBe(intent);
});

test('a character tells of itself what its persona says first', () => {
  expect(toldByItself('Ada keeps her light. She is dry.', 'Ada')).toBe('I keep my light.');
  expect(toldByItself('Bo is a thief.', 'Bo')).toBe('I am a thief.');
  expect(toldByItself('You are Bo, a thief.', 'Bo')).toBeUndefined();
  expect(toldByItself('', 'Bo')).toBeUndefined();
});

test('voices share no phrase, have none twice, and know their blanks', () => {
  const phrases = [plainVoice, livelyVoice, outcomes].flatMap((bank) => Object.values(bank).flat());
  expect(phrases.length).toBeGreaterThan(200);
  expect(new Set(phrases).size).toBe(phrases.length);
  const known =
    /^\{(me|who|other|named|topic|quote|earlier|place|clock|prop|intro|told|Named|Topic|Place|Clock)\}$/;
  for (const phrase of phrases) {
    for (const [blank] of phrase.matchAll(/\{\w+\}/g))
      expect([phrase, blank]).toEqual([phrase, expect.stringMatching(known)]);
  }
});
