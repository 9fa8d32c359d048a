import { afterEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { compiled } from '../../src/db/query.ts';
import { system } from '../../src/domain/command.ts';
import type { Command, CommandOf } from '../../src/domain/decide.ts';
import type { Actor } from '../../src/domain/event.ts';
import { limits } from '../../src/domain/limits.ts';
import type { RoomState } from '../../src/domain/room-state.ts';
import type { EventLog } from '../../src/eventlog/event-log.ts';
import { readTranscript } from '../../src/eventlog/read-transcript.ts';
import { randomId } from '../../src/lib/ids.ts';
import { type CopySources, createRoomForker } from '../../src/people/fork-room.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { createRecordedLog } from '../support/silent-log.ts';
import { testLibrary } from '../support/test-library.ts';
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
  const fork = (args: CommandOf<'room.fork'>['args'] = {}, more: ForkOptions = {}) =>
    forkWith(log, roomId, args, more);
  return { db, log, roomId, act, exchange, fork };
}

type ForkOptions = { actor?: Actor; commandId?: string | undefined; copySources?: CopySources };

const nothingToCopy: CopySources = () => Promise.reject(new Error('this room has no library'));

async function forkWith(
  log: EventLog,
  roomId: string,
  args: CommandOf<'room.fork'>['args'],
  { actor = ben, commandId, copySources = nothingToCopy }: ForkOptions = {},
) {
  const forkRoom = createRoomForker({
    eventLog: log,
    copySources,
    newId: randomId,
    log: createRecordedLog(),
  });
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

  test('[FK6] takes the library along: what is cited is the same, opens there, and keeps its number', async () => {
    const { db, log, roomId, act, exchange } = await setUp(openUrl);
    const library = testLibrary(db);
    const copySources = library.copy;
    const bring = async (sourceId: string, text: string) => {
      await library.put(roomId, sourceId, text, { author: 'Ada' });
      const told = { title: sourceId, author: 'Ada', chunks: 2, format: 'md' as const, bytes: 9 };
      await act({ name: 'source.add', args: { sourceId, ...told } });
    };
    const offer = (number: number, chunkId: string) => ({
      number,
      sourceId: chunkId.replace(/-\d+$/, ''),
      chunkId,
      title: 'T',
      heading: '',
      anchor: '',
      summary: '',
    });
    /** An answer that was offered these, and the same written anew, offered others. */
    const cite = async (text: string, ...offers: ReturnType<typeof offer>[][]) => {
      let { turnId } = await log.handle(post(roomId, '@Ada which?'));
      let messageId = '';
      for (const sources of offers) {
        const args = { turnId: String(turnId) };
        const addressee = { botId: 'ada', by: 'mention', confidence: 'high', reason: 'called' } as const;
        await act({ name: 'turn.start', args: { ...args, addressee } }, system);
        messageId = randomId();
        const author = { type: 'bot' as const, id: 'ada', name: 'Ada' };
        const citations = sources.map(({ number }) => number);
        const reply = { messageId, author, text: `${text} ${citations}`, sources, citations };
        await act({ name: 'turn.finish', args: { ...args, outcome: 'completed', reply } }, system);
        if (sources !== offers.at(-1))
          turnId = (await act({ name: 'reply.regenerate', args: { messageId } })).turnId;
      }
      return messageId;
    };
    await bring('lamps', '# Lamp\n\nThe keeper trims the wick.\n\n# Oil\n\nColza burns clear.');
    await bring('gone', '# Gone\n\nNobody knows.\n\n# Nor\n\nthis.');
    const first = await cite('See', [offer(1, 'lamps-1')], [offer(2, 'lamps-0'), offer(3, 'gone-0')]);
    await act({ name: 'source.remove', args: { sourceId: 'gone' } });
    await library.drop(roomId, 'gone');
    await exchange('and?', 'or');
    await bring('late', '# Late\n\nThe wick is long.\n\n# Later\n\nStill.');

    const half = await forkWith(log, roomId, { messageId: first }, { copySources });
    const state = await log.newestStateOf(half.id);
    expect(state.sources).toMatchObject([
      { title: 'lamps', author: 'Ada', chunks: 2, format: 'md', by: ann },
    ]);
    const [{ sourceId } = { sourceId: '' }] = state.sources;
    expect(sourceId).not.toBe('lamps');
    expect(state.numbering).toEqual([
      { number: 1, chunkId: `${sourceId}-1` },
      { number: 2, chunkId: `${sourceId}-0` },
      { number: 3, chunkId: 'gone-0' },
    ]);
    const reply = state.messages.at(-1);
    expect(reply).toMatchObject({
      citations: [2, 3],
      sources: [
        { number: 2, sourceId, chunkId: `${sourceId}-0` },
        { number: 3, sourceId: 'gone' },
      ],
      versions: [{ text: 'See 1', citations: [1], sources: [{ number: 1, chunkId: `${sourceId}-1` }] }],
    });
    expect((await library.passage(half.id, `${sourceId}-0`))?.passage.text).toContain('trims the wick');
    expect(await library.passage(half.id, 'gone-0')).toBeUndefined();
    expect((await library.search(half.id, 'wick')).passages).toMatchObject([{ sourceId }]);
    const select = {
      name: 'reply.select' as const,
      args: { messageId: reply?.versions[0]?.messageId ?? '' },
    };
    await log.handle({ roomId: half.id, actor: ben, command: select });
    expect((await log.stateOf(half.id)).messages.at(-1)).toMatchObject({
      citations: [1],
      sources: [{ chunkId: `${sourceId}-1` }],
    });

    // It is its own library, and the whole one where all messages go along; twice at once it is made once.
    const commandId = 'again';
    const both = await Promise.all(
      [log, openLog(db)].map((each) => forkWith(each, roomId, {}, { copySources, commandId })),
    );
    expect(both[0]).toEqual(both[1]);
    const whole = (await log.newestStateOf(both[0]?.id ?? '')).sources;
    expect(whole.map(({ title }) => title)).toEqual(['lamps', 'late']);
    expect(await library.list(both[0]?.id ?? '')).toHaveLength(2);
    await library.drop(roomId, 'lamps');
    expect((await library.search(half.id, 'wick')).passages).toHaveLength(1);
    await library.sweep();
    const rows = await db.run(compiled(db.sql.selectFrom('library_unpublished').select('source_id')));
    expect(rows).toEqual([]);
  });
});
