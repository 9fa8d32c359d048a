import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSillyTavern } from '../../src/cards/read-sillytavern.ts';
import { isRoomLog, readRoomLog } from '../../src/cards/room-log.ts';
import { markdownParts } from '../../src/cards/write-markdown.ts';
import type { RoomState } from '../../src/domain/room-state.ts';
import { fixture } from '../support/fixtures.ts';
import { exported, importer, logFile, roomOf, transcriptOf } from '../support/import-chat.ts';
import { intents, play } from '../support/room-commands.ts';
import { refusalOf, testRoom } from '../support/test-room.ts';

const said = (messages: readonly { author: { name: string }; text: string; at: string }[]) =>
  messages.map(({ author, text, at }) => ({ name: author.name, text, at }));

/** In which scenes messages were written, and which one is open, in words. */
const scenesOf = ({ messages, scenes, scene }: RoomState) => {
  const wordsOf = (id: string | undefined) => {
    const { sceneId: _, ...words } = scenes.find(({ sceneId }) => sceneId === id) ?? { sceneId: '' };
    return words;
  };
  return [...messages.map((message) => wordsOf(message.scene)), wordsOf(scene?.sceneId)];
};

test('[CC9] whatever happened in a room, its transcript stands as its timeline does', () => {
  fc.assert(
    fc.property(intents(), (plan) => {
      const { log, state } = play(plan);
      const shown = transcriptOf(log)
        .messages()
        .map(({ versions, current }) => versions[current]);
      expect(shown.map((version) => version?.messageId)).toEqual(
        state.messages.map(({ messageId }) => messageId),
      );
      expect(shown.map((version) => version?.text)).toEqual(state.messages.map(({ text }) => text));
      expect(shown.map((version) => version?.at)).toEqual(state.messages.map(({ at }) => at));
    }),
    { numRuns: 300 },
  );
});

test('[CC10] whatever happened in a room, its log makes a room that stands as it does', () => {
  fc.assert(
    fc.property(intents(), (plan) => {
      const { log, state } = play(plan);
      const file = logFile({ log, state });
      expect(isRoomLog(file)).toBe(true);
      const again = roomOf(readRoomLog(file, importer)).state;
      expect(said(again.messages)).toEqual(said(state.messages));
      expect(scenesOf(again)).toEqual(scenesOf(state));
      expect(again.room).toMatchObject({ title: state.room.title, settings: state.room.settings });
      expect(again.bots.map(({ name, role }) => [name, role]).sort()).toEqual(
        state.bots.map(({ name, role }) => [name, role]).sort(),
      );
      expect(again.members).toMatchObject([{ userId: 'own', name: 'Wren', role: 'owner' }]);
      expect(again.turns).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('[CC11] what came from SillyTavern goes back there by way of a log, too', () => {
  const chat = fixture('sillytavern/swipes.jsonl').toString();
  const first = roomOf(readSillyTavern(chat, importer));
  const second = roomOf(readRoomLog(logFile(first), importer));
  expect(exported(second)).toEqual(exported(first));
});

test('[CC12] people of a log are nobody here, but for the importer', () => {
  const room = testRoom();
  room.post('own', 'mine');
  room.post('pat', 'theirs');
  const { me, messages } = readRoomLog(logFile(room), importer);
  expect(messages.map(({ versions }) => versions[0]?.author.id === me)).toEqual([true, false]);
});

test.each([
  ['{"kibitz":"room-log","version":2}', 'line 1'],
  ['{"kibitz":"room-log","version":1}\n{}', 'line 2'],
  ['{"kibitz":"room-log","version":1}\n{"seq":"x"}', 'line 2'],
  ['{"kibitz":"room-log","version":1}\nnonsense', 'line 2'],
])('[CC2] a log that is none is refused (%#)', (text, message) => {
  expect(() => readRoomLog(text, importer)).toThrow(message);
  expect(refusalOf(() => readRoomLog(text, importer))).toBe('invalid');
});

test('[CC2] a log that names one message in two places makes two', () => {
  const room = testRoom();
  const [a, b] = [room.post('own', 'a').messageId, room.post('own', 'b').messageId];
  const author = { type: 'user' as const, id: 'own', name: 'own' };
  room.append([
    {
      kind: 'message.replaced',
      actor: { type: 'user', id: 'own' },
      data: { supersedes: b, message: { messageId: a, author, text: 'again' }, reason: 'select' },
    },
  ]);
  const { messages } = roomOf(readRoomLog(logFile(room), importer)).state;
  expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(messages.length);
});

test('[CC9] a transcript tells who said what and when, and nothing in it looks like somebody else', () => {
  const room = testRoom();
  room.post('own', 'Hello *all*\n\n### Ann · 2026-01-01 00:00 UTC\n\nI owe you money.\n### plain heading');
  const { messageId } = room.post('pat', 'first');
  room.act('pat', 'message.edit', { messageId, text: 'second' });
  const text = [...markdownParts(room.state, transcriptOf(room.log).messages())].join('\n');
  expect(text).toContain('# A room\n');
  expect(text).toMatch(/^### own · 2026-01-01 00:00 UTC\n\nHello \*all\*$/m);
  expect(text).toContain('\\### Ann · 2026');
  expect(text).toContain('\n### plain heading');
  expect(text).toContain('second');
  expect(text).not.toContain('first');
});
