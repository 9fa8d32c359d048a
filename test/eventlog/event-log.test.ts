import { afterEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { compiled } from '../../src/db/query.ts';
import { system } from '../../src/domain/command.ts';
import type { Command } from '../../src/domain/decide.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { initialState, roomStateVersion } from '../../src/domain/room-state.ts';
import { KibitzError } from '../../src/lib/errors.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { ann, makeRoom, openLog, post, wholeLog } from '../support/test-log.ts';
import { until } from '../support/until.ts';

const opened: Database[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.close()));
});

describeOnEachDatabase('the event log', (openUrl) => {
  async function setUp() {
    const url = await openUrl();
    const db = await openDatabase(url);
    opened.push(db);
    // Two logs on one database: what two processes have.
    const [log, other] = [openLog(db), openLog(db)];
    const roomId = await makeRoom(log, []);
    return { url, db, log, other, roomId };
  }

  test('[EL1] numbers events 1, 2, 3 … and keeps them as they were written', async () => {
    const { log, roomId } = await setUp();
    const first = await log.handle(post(roomId, 'Hello ✓ \u{1f44b}'));
    const second = await log.handle(post(roomId, 'again'));
    const events = await wholeLog(log, roomId);
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(events.map(({ kind }) => kind)).toEqual([
      'room.created',
      'member.joined',
      'message.posted',
      'message.posted',
    ]);
    expect([first.seq, second.seq]).toEqual([3, 4]);
    expect(events[2]).toMatchObject({
      roomId,
      actor: ann,
      data: { text: 'Hello ✓ \u{1f44b}', author: { name: 'Ann' } },
    });
    expect(await log.eventsAfter(roomId, 2, 1)).toEqual([events[2]]);
  });

  test('[EL2] writers of two processes who race for a room all get through, in one order', async () => {
    const { log, other, roomId } = await setUp();
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 ? log : other).handle(post(roomId, `message ${index}`)),
      ),
    );
    const seqs = results.map(({ seq }) => seq).sort((a, b) => Number(a) - Number(b));
    expect(seqs).toEqual(Array.from({ length: 40 }, (_, index) => index + 3));
    const [events, theirs] = [await wholeLog(log, roomId), await wholeLog(other, roomId)];
    expect(events).toEqual(theirs);
    const refolded = events.reduce(evolve, initialState(roomId));
    expect(await log.newestStateOf(roomId)).toEqual(refolded);
    expect(await other.newestStateOf(roomId)).toEqual(refolded);
  });

  test('[EL3] the same command id has one effect and one result, at once, in two processes, and later', async () => {
    const { log, other, roomId } = await setUp();
    const request = post(roomId, 'once', { commandId: 'c1' });
    const results = await Promise.all([log, other, log, other, log].map((each) => each.handle(request)));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(await openLog(opened[0] as Database).handle(request)).toEqual(results[0]);
    const posted = (await wholeLog(log, roomId)).filter(({ kind }) => kind === 'message.posted');
    expect(posted).toHaveLength(1);
  });

  test('[EL3] retries of several commands reach two processes at once, in any order', async () => {
    const { url, log, roomId } = await setUp();
    const second = await openDatabase(url);
    opened.push(second);
    const other = openLog(second);
    await Promise.all([log.stateOf(roomId), other.stateOf(roomId)]);
    const requests = Array.from({ length: 60 }, (_, index) =>
      post(roomId, `message ${index}`, { commandId: `c${index}` }),
    );
    const [here, there] = await Promise.all([
      Promise.all(requests.map((request) => log.handle(request))),
      Promise.all(requests.toReversed().map((request) => other.handle(request))),
    ]);
    expect(there.reverse()).toEqual(here);
    expect((await wholeLog(log, roomId)).length).toBe(2 + requests.length);
  });

  test('[EL3] everybody who retries at once gets their first result, however many they are', async () => {
    const { db, log, roomId } = await setUp();
    const requests = Array.from({ length: 60 }, (_, index) =>
      post(roomId, `message ${index}`, { commandId: `c${index}` }),
    );
    const first = await Promise.all(requests.map((request) => log.handle(request)));
    const restarted = openLog(db);
    expect(await Promise.all(requests.map((request) => restarted.handle(request)))).toEqual(first);
  });

  test('[EL3] the same command id for another command is a conflict; for another person it is another command', async () => {
    const { log, roomId } = await setUp();
    await log.handle(post(roomId, 'once', { commandId: 'c1' }));
    await expect(log.handle(post(roomId, 'else', { commandId: 'c1' }))).rejects.toMatchObject({
      code: 'conflict',
    });
    const ben = { type: 'user', id: 'ben' } as const;
    const args = { name: 'Ben', role: 'participant', invitedAt: '9999' } as const;
    await log.handle({ roomId, actor: ben, command: { name: 'member.join', args } });
    await expect(log.handle(post(roomId, 'else', { commandId: 'c1', actor: ben }))).resolves.toMatchObject({
      seq: 5,
    });
  });

  test('[EL3] a command that changed nothing has its id too', async () => {
    const { log, other, roomId } = await setUp();
    const rename = (title: string) => ({
      roomId,
      actor: ann,
      commandId: 'c1',
      command: { name: 'room.update', args: { title } } as const,
    });
    const { title } = (await log.stateOf(roomId)).room;
    expect(await log.handle(rename(title))).toEqual({});
    await log.handle({ ...rename('Another title'), commandId: 'c2' });
    // Sent again, it does not turn the title back.
    expect(await other.handle(rename(title))).toEqual({});
    expect((await log.newestStateOf(roomId)).room.title).toBe('Another title');
    await expect(log.handle(rename('A third title'))).rejects.toMatchObject({ code: 'conflict' });
  });

  test('[EL4] a refusal is judged by the newest state, whoever wrote it', async () => {
    const { log, other, roomId } = await setUp();
    await other.stateOf(roomId);
    const { messageId } = await log.handle(post(roomId, 'from the first process'));
    const args = { messageId: String(messageId), text: 'edited by the second' };
    await expect(
      other.handle({ roomId, actor: ann, command: { name: 'message.edit', args } }),
    ).resolves.toMatchObject({ seq: 4 });
  });

  test('[EL5] what goes with a command is written with it or not at all', async () => {
    const { db, log, roomId } = await setUp();
    const addUser = (id: string) =>
      compiled(db.sql.insertInto('users').values({ id, name: id, created_at: '' }));
    const users = () => db.run(compiled(db.sql.selectFrom('users').select('id')));
    await log.handle({
      ...post(roomId, 'with'),
      alongside: function* () {
        yield addUser('x');
      },
    });
    await expect(
      log.handle({
        ...post(roomId, 'without'),
        alongside: function* () {
          yield addUser('y');
          throw new Error('no');
        },
      }),
    ).rejects.toThrow('no');
    expect(await users()).toEqual([{ id: 'x' }]);
    expect((await wholeLog(log, roomId)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(await log.handle(post(roomId, 'next'))).toMatchObject({ seq: 4 });
  });

  test('[EL4] what was decided on an event that never came about is decided again, also when another process took its number', async () => {
    const { log, other, roomId } = await setUp();
    for (let round = 0; round < 25; round += 1) {
      const refused = log.handle({
        ...post(roomId, 'never'),
        alongside: function* () {
          yield* [];
          throw new KibitzError('gone', 'used up');
        },
      });
      const rest = await Promise.all([
        log.handle(post(roomId, 'decided ahead')),
        other.handle(post(roomId, 'of another process')),
        log.handle(post(roomId, 'decided further ahead')),
        refused.catch(({ code }) => code),
      ]);
      expect(rest[3]).toBe('gone');
    }
    const events = await wholeLog(log, roomId);
    expect(events).toHaveLength(2 + 75);
    expect(await log.newestStateOf(roomId)).toEqual(events.reduce(evolve, initialState(roomId)));
    expect(await other.newestStateOf(roomId)).toEqual(await log.newestStateOf(roomId));
  });

  test('[EL6] a room is opened from a snapshot, with the same state as from its first event', async () => {
    const { db, log, roomId } = await setUp();
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(
        Array.from({ length: 100 }, (_, index) => log.handle(post(roomId, `m${round}-${index}`))),
      );
    }
    const stored = await until('a stored snapshot', async () => {
      const [row] = await db.run(compiled(db.sql.selectFrom('snapshots').select('seq')));
      return row;
    });
    expect(stored.seq).toBeGreaterThanOrEqual(250);
    const refolded = (await wholeLog(log, roomId)).reduce(evolve, initialState(roomId));
    // Without the events the snapshot covers, only the snapshot can have given this state.
    await db.run(compiled(db.sql.deleteFrom('events').where('seq', '<=', stored.seq)));
    expect(await openLog(db).stateOf(roomId)).toEqual(refolded);
  });

  test('[EL6] a snapshot that cannot be read is as none', async () => {
    const { db, log, roomId } = await setUp();
    await log.handle(post(roomId, 'hello'));
    for (const state of ['{', '{"seq":3}']) {
      await db.run(compiled(db.sql.deleteFrom('snapshots')));
      const row = { room_id: roomId, seq: 3, version: roomStateVersion, state };
      await db.run(compiled(db.sql.insertInto('snapshots').values(row)));
      expect(await openLog(db).stateOf(roomId)).toEqual(await log.stateOf(roomId));
    }
  });

  test('[EL7] an event of a kind it does not know keeps its place and is passed on as it is', async () => {
    const { db, log, roomId } = await setUp();
    const row = {
      room_id: roomId,
      seq: 3,
      kind: 'poll.opened',
      version: 7,
      at: '2030',
      actor_type: 'user' as const,
      actor_id: 'ann',
    };
    await db.run(compiled(db.sql.insertInto('events').values({ ...row, data: '{"question":"Pizza?"}' })));
    await db.run(compiled(db.sql.updateTable('rooms').set({ head: 3 })));
    const later = openLog(db);
    expect((await later.handle(post(roomId, 'yes'))).seq).toBe(4);
    const [carried] = await later.eventsAfter(roomId, 2, 1);
    expect(carried).toMatchObject({ seq: 3, kind: 'poll.opened', data: { question: 'Pizza?' } });
    expect((await log.newestStateOf(roomId)).messages.map(({ text }) => text)).toEqual(['yes']);
  });

  test('[EL8] listeners hear every event once and in order, those of other processes too', async () => {
    const { log, other, roomId } = await setUp();
    const heard: number[] = [];
    const stop = log.subscribe((_, events) => heard.push(...events.map(({ seq }) => seq)));
    await Promise.all([log.handle(post(roomId, 'a')), log.handle(post(roomId, 'b'))]);
    await other.handle(post(roomId, 'c'));
    await log.handle(post(roomId, 'd'));
    expect(heard).toEqual([3, 4, 5, 6]);
    await other.handle(post(roomId, 'e'));
    await log.newestStateOf(roomId);
    expect(heard).toEqual([3, 4, 5, 6, 7]);
    stop();
    await log.handle(post(roomId, 'f'));
    expect(heard).toEqual([3, 4, 5, 6, 7]);
  });

  test('[EL8] what a reader finds before its writer hears of the commit is still this process’s own', async () => {
    const { db, other, roomId } = await setUp();
    let answer = Promise.withResolvers<void>();
    answer.resolve();
    const log = openLog({
      ...db,
      transact: async (...task) => {
        const result = await db.transact(...task);
        await answer.promise;
        return result;
      },
    });
    const heard: string[] = [];
    log.subscribe((_, events, origin) => heard.push(...events.map(({ seq }) => `${seq} ${origin}`)));
    await log.newestStateOf(roomId);
    answer = Promise.withResolvers();
    const posting = log.handle(post(roomId, 'a'));
    await until('the commit to be found', async () => (await log.newestStateOf(roomId)).seq === 3);
    await other.newestStateOf(roomId);
    await other.handle(post(roomId, 'b'));
    await log.newestStateOf(roomId);
    answer.resolve();
    expect((await posting).seq).toBe(3);
    await log.handle(post(roomId, 'c'));
    expect(heard).toEqual(['3 here', '4 elsewhere', '5 here']);
  });

  describe('the tables beside it', () => {
    test('[EL9] older messages are paged as they stand now', async () => {
      const { log, roomId } = await setUp();
      const ids: string[] = [];
      for (const text of ['one', 'two', 'three', 'four', 'five']) {
        ids.push(String((await log.handle(post(roomId, text))).messageId));
      }
      const args = { messageId: ids[1] as string, text: 'TWO' };
      await log.handle({ roomId, actor: ann, command: { name: 'message.edit', args } });
      const page = await log.page(roomId, 7, 3);
      expect(page.messages.map(({ text }) => text)).toEqual(['TWO', 'three', 'four']);
      expect(page.more).toBe(true);
      expect(await log.page(roomId, 4, 3)).toMatchObject({ messages: [{ text: 'one' }], more: false });
      expect(await log.findMessage(roomId, ids[1] as string)).toMatchObject({ versions: [{ text: 'two' }] });
      expect(await log.findMessage('another', ids[1] as string)).toBeUndefined();
    });

    test('[EL9] a command finds a message that is older than what memory holds', async () => {
      const { log, roomId } = await setUp();
      const first = String((await log.handle(post(roomId, 'the first'))).messageId);
      await Promise.all(Array.from({ length: 120 }, (_, index) => log.handle(post(roomId, `m${index}`))));
      expect((await log.stateOf(roomId)).messages[0]?.text).not.toBe('the first');
      const args = { messageId: first, text: 'the very first' };
      await log.handle({ roomId, actor: ann, command: { name: 'message.edit', args } });
      expect(await log.findMessage(roomId, first)).toMatchObject({ text: 'the very first', edited: true });
    });

    test('[EL9] a rewind and its undoing reach beyond what memory holds', async () => {
      const { db, log, roomId } = await setUp();
      const first = String((await log.handle(post(roomId, 'the first'))).messageId);
      await Promise.all(Array.from({ length: 150 }, (_, index) => log.handle(post(roomId, `m${index}`))));
      const before = await log.page(roomId, 1_000, 200);
      const rewind = {
        name: 'history.rewind',
        args: { messageId: String(before.messages[40]?.messageId) },
      } as const;
      expect(await log.handle({ roomId, actor: ann, command: rewind })).toMatchObject({ removed: 110 });
      const state = await log.stateOf(roomId);
      expect(state.messages).toEqual([]);
      const latest = await log.latestMessages(state);
      expect(latest.map(({ text }) => text)).toEqual(before.messages.slice(0, 41).map(({ text }) => text));
      const undo = { name: 'history.undo', args: {} } as const;
      expect(await openLog(db).handle({ roomId, actor: ann, command: undo })).toMatchObject({
        restored: 110,
      });
      expect(await log.page(roomId, 1_000, 200)).toEqual(before);
      expect((await log.newestStateOf(roomId)).messages).toEqual(before.messages.slice(-100));
      const remove = { name: 'message.remove', args: { messageId: first } } as const;
      await log.handle({ roomId, actor: ann, command: remove });
      expect(await log.findMessage(roomId, first)).toBeUndefined();
    });

    test('[EL9] messages that share a place stand in one order in a page and in the state, whatever is written anew', async () => {
      const { db, log } = await setUp();
      const cast = ['ada', 'bob'].map((botId) => ({ botId, name: botId }));
      const roomId = await makeRoom(log, cast);
      const act = (command: Command) => log.handle({ roomId, actor: system, command });
      /** Ids as they are made: in the order of their characters’ codes, in which capitals come first. */
      const say = (turnId: string, messageId: string, by: string, interjectionOf?: string) => {
        const author = { type: 'bot' as const, id: by, name: by };
        const reply = { messageId, author, text: messageId, ...(interjectionOf && { interjectionOf }) };
        return act({ name: 'turn.say', args: { turnId, reply } });
      };
      const start = (turnId: string) => {
        const addressee = { botId: 'ada', by: 'mention', confidence: 'high', reason: '' } as const;
        return act({ name: 'turn.start', args: { turnId, addressee } });
      };
      const asked = await log.handle(post(roomId, '@ada well?'));
      const turnId = String(asked.turnId);
      await start(turnId);
      await say(turnId, 'Z-reply', 'ada');
      await log.handle(post(roomId, 'meanwhile'));
      await say(turnId, 'a-word', 'bob', 'Z-reply');
      await act({ name: 'turn.finish', args: { turnId, outcome: 'completed' } });
      const regenerate = { name: 'reply.regenerate', args: { messageId: 'Z-reply' } } as const;
      const anew = String((await log.handle({ roomId, actor: ann, command: regenerate })).turnId);
      await start(anew);
      await say(anew, 'z-reply', 'ada');
      const { messages, seq } = await log.stateOf(roomId);
      expect(messages.map(({ text }) => text)).toEqual(['@ada well?', 'z-reply', 'a-word', 'meanwhile']);
      expect((await log.page(roomId, seq + 1, 10)).messages).toEqual(messages);
      expect((await log.page(roomId, seq + 1, 3)).messages).toEqual(messages.slice(1));
      const rewind = { name: 'history.rewind', args: { messageId: 'z-reply' } } as const;
      expect(await log.handle({ roomId, actor: ann, command: rewind })).toMatchObject({ removed: 2 });
      await log.handle({ roomId, actor: ann, command: { name: 'history.undo', args: {} } });
      expect((await openLog(db).stateOf(roomId)).messages).toEqual(messages);
      expect((await log.page(roomId, 1_000, 10)).messages).toEqual(messages);
    });

    test('[EL10] roles and room lists follow the log', async () => {
      const { log, roomId } = await setUp();
      const ben = { type: 'user', id: 'ben' } as const;
      const join = { name: 'Ben', role: 'spectator', invitedAt: '9999' } as const;
      await log.handle({ roomId, actor: ben, command: { name: 'member.join', args: join } });
      expect(await log.roleOf(roomId, 'ben')).toBe('spectator');
      const raise = { userId: 'ben', role: 'moderator' } as const;
      await log.handle({ roomId, actor: ann, command: { name: 'member.setRole', args: raise } });
      expect(await log.roleOf(roomId, 'ben')).toBe('moderator');
      await log.handle({ roomId, actor: ann, command: { name: 'room.update', args: { title: 'Renamed' } } });
      expect(await log.roomsOf('ben')).toMatchObject([{ id: roomId, title: 'Renamed', role: 'moderator' }]);
      await log.handle({ roomId, actor: ann, command: { name: 'member.remove', args: { userId: 'ben' } } });
      expect(await log.roleOf(roomId, 'ben')).toBeUndefined();
      expect(await log.roomsOf('ben')).toEqual([]);
    });
  });
});
