import { afterEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { system } from '../../src/domain/command.ts';
import type { Command, CommandOf } from '../../src/domain/decide.ts';
import type { Actor } from '../../src/domain/event.ts';
import { limits } from '../../src/domain/limits.ts';
import type { RoomState } from '../../src/domain/room-state.ts';
import type { EventLog } from '../../src/eventlog/event-log.ts';
import { readTranscript } from '../../src/eventlog/read-transcript.ts';
import { randomId } from '../../src/lib/ids.ts';
import { createRoomForker } from '../../src/people/fork-room.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { ann, makeRoom, openLog, post } from '../support/test-log.ts';

const opened: Database[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.close()));
});

const ben: Actor = { type: 'user', id: 'ben' };
const cast = [
  { botId: 'ada', name: 'Ada' },
  { botId: 'bob', name: 'Bob' },
];

async function setUp(openUrl: () => Promise<string>) {
  const db = await openDatabase(await openUrl());
  opened.push(db);
  const log = openLog(db);
  const roomId = await makeRoom(log, cast);
  const act = (command: Command, actor = ann) => log.handle({ roomId, actor, command });
  await act({ name: 'member.join', args: { name: 'Ben', role: 'participant', invitedAt: '9999' } }, ben);
  /** Runs a waiting turn that says `text`. */
  const answer = async (turnId: unknown, text: string) => {
    const args = { turnId: String(turnId) };
    const addressee = { botId: 'ada', by: 'mention', confidence: 'high', reason: 'called' } as const;
    await act({ name: 'turn.start', args: { ...args, addressee } }, system);
    const reply = {
      messageId: randomId(),
      author: { type: 'bot' as const, id: 'ada', name: 'Ada' },
      text,
      model: 'demo',
    };
    await act({ name: 'turn.finish', args: { ...args, outcome: 'completed', reply } }, system);
    return reply.messageId;
  };
  /** A question of Ann's and an answer of Ada's, in that many versions. */
  const exchange = async (question: string, ...answers: string[]) => {
    const asked = await log.handle(post(roomId, `@Ada ${question}`));
    let messageId = await answer(asked.turnId, answers[0] ?? '');
    for (const text of answers.slice(1)) {
      const { turnId } = await act({ name: 'reply.regenerate', args: { messageId } });
      messageId = await answer(turnId, text);
    }
    return messageId;
  };
  const fork = (
    args: CommandOf<'room.fork'>['args'] = {},
    more: { actor?: Actor; commandId?: string } = {},
  ) => forkWith(log, roomId, args, more);
  return { db, log, roomId, act, exchange, fork };
}

async function forkWith(
  log: EventLog,
  roomId: string,
  args: CommandOf<'room.fork'>['args'],
  { actor = ben, commandId }: { actor?: Actor; commandId?: string | undefined } = {},
) {
  const forkRoom = createRoomForker({ eventLog: log, newId: randomId });
  const result = await forkRoom({ roomId, actor, commandId, command: { name: 'room.fork', args } });
  return result.room as RoomState['room'];
}

/** What stands on a timeline, with its scene in words, but for ids and places. */
async function told(log: EventLog, roomId: string) {
  const state = await log.newestStateOf(roomId);
  const titleOf = (id: string | undefined) => state.scenes.find(({ sceneId }) => sceneId === id)?.title;
  const transcript = await readTranscript(log, state);
  const indexOf = (id: string | undefined) =>
    state.messages.findIndex(({ messageId, versions }) =>
      [messageId, ...versions.map((version) => version.messageId)].includes(id ?? ''),
    );
  const messages = state.messages.map(
    ({ author, text, at, edited, cause, replyTo, addressee, model, scene }) => ({
      ...{ author, text, at, edited, addressee, model },
      ...{ cause: indexOf(cause), replyTo: indexOf(replyTo), scene: titleOf(scene) },
    }),
  );
  const versions = transcript
    .messages()
    .map((message) => [message.current, ...message.versions.map(({ text }) => text)]);
  return { messages, versions, scene: titleOf(state.scene?.sceneId) };
}

describeOnEachDatabase('a fork', (openUrl) => {
  test('[FK5] takes along what follows from the messages it has, and no more', async () => {
    const { log, roomId, act, fork } = await setUp(openUrl);
    const settledReply = async (question: string, text: string, step: number) => {
      const { turnId } = await log.handle(post(roomId, `@Ada ${question}`));
      const args = { turnId: String(turnId) };
      const addressee = { botId: 'ada', by: 'mention', confidence: 'high', reason: 'called' } as const;
      await act({ name: 'turn.start', args: { ...args, addressee } }, system);
      const messageId = randomId();
      const reply = { messageId, author: { type: 'bot' as const, id: 'ada', name: 'Ada' }, text };
      await act({ name: 'turn.say', args: { ...args, reply } }, system);
      const since = (await log.stateOf(roomId)).seq;
      const delta = { affinity: step, trust: 0, knowledge: [text], summary: text };
      const edges = [{ from: 'ada', to: 'ann', delta }];
      const memories = [{ witnessId: 'bob', text }];
      await act(
        { name: 'turn.settle', args: { ...args, messageId, since, significance: 4, memories, edges } },
        system,
      );
      await act({ name: 'turn.finish', args: { ...args, outcome: 'completed' } }, system);
      return messageId;
    };
    const first = await settledReply('one?', 'first', 3);
    await settledReply('two?', 'second', 4);
    const feelings = async (id: string) => {
      const { edges, memories } = await log.newestStateOf(id);
      return {
        edges,
        memories: memories.map(({ witnessId, text, significance }) => ({ witnessId, text, significance })),
      };
    };
    await act({ name: 'fact.add', args: { text: 'Written down.' } });
    const { taskId } = await act({ name: 'task.add', args: { kind: 'question', text: 'Which?' } });
    await act({ name: 'task.answer', args: { taskId: String(taskId), answer: 'This.' } });
    const operations = [{ op: 'add_section', heading: 'Known', level: 2, blocks: ['Much.'] }];
    await act({ name: 'brief.apply', args: { operations } });
    const known = async (id: string) => {
      const { facts, tasks, brief } = await log.newestStateOf(id);
      return {
        facts: facts.map(({ text }) => text),
        tasks: tasks.map(({ answer }) => answer),
        document: brief.document,
      };
    };
    const whole = (await fork()).id;
    expect(await known(whole)).toEqual(await known(roomId));
    expect(await known(whole)).toMatchObject({ facts: ['Written down.'], tasks: ['This.'] });
    expect(await feelings(whole)).toEqual(await feelings(roomId));
    const half = (await fork({ messageId: first })).id;
    expect(await known(half)).toMatchObject({ facts: [], tasks: [], document: { sections: [] } });
    expect((await feelings(half)).edges).toMatchObject([
      { from: 'ada', to: 'ann', affinity: 53, summary: 'first' },
    ]);
    // They leave with their message there too.
    const { messages, memories } = await log.newestStateOf(half);
    expect(memories.map(({ cause }) => cause)).toEqual([messages.at(-1)?.messageId]);
    const command = {
      name: 'message.remove' as const,
      args: { messageId: messages.at(-1)?.messageId ?? '' },
    };
    await log.handle({ roomId: half, actor: ben, command });
    expect(await feelings(half)).toEqual({ edges: [], memories: [] });
  });

  test('[FK1] is the room as it stands, but belongs to who made it', async () => {
    const { log, roomId, act, exchange, fork } = await setUp(openUrl);
    await act({
      name: 'room.update',
      args: { title: 'x'.repeat(limits.title), settings: { reply: 'mention' } },
    });
    await act({ name: 'bot.add', args: { botId: 'bob', name: 'Bob', role: 'host' } });
    await act({ name: 'scene.open', args: { title: 'One' } });
    await exchange('why?', 'because', 'therefore', 'hence');
    const gone = await exchange('and?', 'or');
    await act({ name: 'message.remove', args: { messageId: gone } });
    await act({ name: 'scene.open', args: { title: 'Two' } });
    await log.handle(post(roomId, 'from Ben', { actor: ben }));
    const state = await log.newestStateOf(roomId);
    const shown = state.messages[1];
    await act({ name: 'reply.select', args: { messageId: shown?.versions[1]?.messageId ?? '' } });
    await act({
      name: 'message.edit',
      args: { messageId: state.messages[0]?.messageId ?? '', text: 'But why?' },
    });
    await act({ name: 'scene.close', args: {} });

    const room = await fork();
    const forked = await log.newestStateOf(room.id);
    expect(await told(log, room.id)).toEqual(await told(log, roomId));
    expect(forked.room).toEqual(room);
    expect(room).toMatchObject({
      title: `Fork of ${'x'.repeat(limits.title - 8)}`,
      template: 'blank',
      settings: { reply: 'mention' },
    });
    expect(forked.members).toMatchObject([{ userId: 'ben', name: 'Ben', role: 'owner' }]);
    expect(forked.bots).toMatchObject([
      { botId: 'bob', role: 'host' },
      { botId: 'ada', role: 'guest' },
    ]);
    const ids = (messages: RoomState['messages']) => messages.map(({ messageId }) => messageId);
    expect(ids(forked.messages).filter((id) => ids(state.messages).includes(id))).toEqual([]);
    expect(forked.turns).toEqual([]);
    expect((await log.newestStateOf(roomId)).seq).toBe((await log.headOf(roomId))?.head);
  });

  test('[FK2] up to a message is what stood then, in the scene of that', async () => {
    const { log, roomId, act, exchange, fork } = await setUp(openUrl);
    await act({ name: 'scene.open', args: { title: 'One' } });
    const first = await exchange('why?', 'because', 'therefore');
    await act({ name: 'scene.open', args: { title: 'Two' } });
    await exchange('and?', 'or');
    const room = await fork({ messageId: first, title: 'Another way' });
    const whole = await told(log, roomId);
    expect(room.title).toBe('Another way');
    expect(await told(log, room.id)).toEqual({
      messages: whole.messages.slice(0, 2),
      versions: whole.versions.slice(0, 2),
      scene: 'One',
    });
  });

  test('[FK2] up to a message that is older than what memory holds', async () => {
    const { log, roomId, fork } = await setUp(openUrl);
    const first = String((await log.handle(post(roomId, '@Ben the first'))).messageId);
    await Promise.all(Array.from({ length: 120 }, (_, n) => log.handle(post(roomId, `@Ben ${n}`))));
    const room = await fork({ messageId: first });
    expect((await log.newestStateOf(room.id)).messages.map(({ text }) => text)).toEqual(['@Ben the first']);
  });

  test('[FK3] sent again it is the same room: at once, in two processes, later, and after a crash', async () => {
    const { db, log, roomId, exchange } = await setUp(openUrl);
    await exchange('why?', 'because');
    const other = openLog(db);
    const retry = (each: EventLog, commandId: string, args = {}) =>
      forkWith(each, roomId, args, { actor: ann, commandId });
    const rooms = await Promise.all([log, other, log, other].map((each) => retry(each, 'c1')));
    await log.handle({
      roomId: rooms[0]?.id ?? '',
      actor: ann,
      command: { name: 'room.update', args: { title: 'Renamed' } },
    });
    rooms.push(await retry(openLog(db), 'c1'));
    for (const room of rooms) expect(room).toEqual(rooms[0]);
    expect(await log.roomsOf('ann')).toHaveLength(2);
    await expect(retry(log, 'c1', { title: 'Else' })).rejects.toMatchObject({ code: 'conflict' });

    const crashing: EventLog = { ...log, complete: () => Promise.reject(new Error('crash')) };
    await expect(retry(crashing, 'c2')).rejects.toThrow('crash');
    expect((await retry(other, 'c2')).title).toBe('Fork of A room');
    expect(await log.roomsOf('ann')).toHaveLength(3);
    expect((await retry(log, 'c3')).id).not.toBe(rooms[0]?.id);
    expect(await log.roomsOf('ann')).toHaveLength(4);
  });

  test('[FK4] is refused like a command about the message, and to those outside', async () => {
    const { log, exchange, fork, act } = await setUp(openUrl);
    const reply = await exchange('why?', 'because');
    const { turnId } = await act({ name: 'reply.regenerate', args: { messageId: reply } });
    await act({ name: 'turn.stop', args: { turnId: String(turnId) } });
    await expect(fork({ messageId: 'elsewhere' })).rejects.toMatchObject({ code: 'not_found' });
    const older = await exchange('and?', 'or', 'nor');
    const version = (await log.roomsOf('ann'))[0];
    const state = await log.newestStateOf(version?.id ?? '');
    const gaveWay = state.messages.find(({ messageId }) => messageId === older)?.versions[0]?.messageId;
    await expect(fork({ messageId: gaveWay })).rejects.toMatchObject({ code: 'conflict' });
    await expect(fork({}, { actor: { type: 'user', id: 'eve' } })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await log.roomsOf('ann')).toHaveLength(1);
  });
});
