import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open-database.ts';
import { invite, makeRoomWithBot, type Person, signUp, type TabSocket } from '../support/client.ts';
import { RoomView } from '../support/room-view.ts';
import { startApp, type TestApp } from '../support/start-app.ts';
import { openLog } from '../support/test-log.ts';
import { until } from '../support/until.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app[Symbol.asyncDispose]());

async function setUp() {
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann, { reply: 'mention' });
  const tab = await ann.connect();
  const post = async (text: string) => {
    const answer = await tab.emitWithAck('message.post', { roomId, text });
    if (!answer.ok) throw new Error(answer.error.message);
    return answer;
  };
  const join = async (position: object = {}, by: TabSocket = tab) => {
    const answer = await by.emitWithAck('room.join', { roomId, ...position });
    if (!answer.ok) throw new Error(answer.error.message);
    return answer;
  };
  return { ann, roomId, tab, post, join, [Symbol.dispose]: () => void tab.close() };
}

test('[GW2] a fresh tab gets the room as it stands and no events', async () => {
  using room = await setUp();
  const { seq } = await room.post('Hello');
  const joined = await room.join();
  expect(joined).toMatchObject({
    you: { userId: room.ann.id, role: 'owner' },
    head: seq,
    snapshot: { room: { id: room.roomId, title: 'The room' }, messages: [{ text: 'Hello' }] },
    events: [],
    drafts: [],
  });
  expect(joined.epoch).toMatch(/^[\w-]+$/);
  expect(JSON.stringify(joined)).not.toContain('removed');
});

test('[GW2] a tab that comes back gets what came since, by join and by sync', async () => {
  using room = await setUp();
  const { head, epoch } = await room.join();
  const posted = [await room.post('one'), await room.post('two')];
  const joined = await room.join({ after: head, epoch });
  expect(joined).toMatchObject({ snapshot: null, head: head + 2, epoch });
  expect(joined.events.map(({ seq }) => seq)).toEqual(posted.map(({ seq }) => seq));
  expect(await room.join({ after: head + 2, epoch })).toMatchObject({
    snapshot: null,
    head: head + 2,
    events: [],
  });
  const synced = await room.tab.emitWithAck('room.sync', { roomId: room.roomId, after: head, epoch });
  expect(synced).toEqual(joined);
  // A sync wants to know from where.
  const answer = await room.tab.emitWithAck('room.sync', { roomId: room.roomId } as never);
  expect(answer).toMatchObject({ ok: false, error: { code: 'invalid', details: { field: 'after' } } });
});

test.each([
  ['another epoch', { after: 1, epoch: 'another' }],
  ['no epoch', { after: 1 }],
  ['a place past the end of the log', { after: 1_000_000 }],
])('[GW2] with %s a tab gets the room as it stands', async (_what, position) => {
  using room = await setUp();
  await room.post('Hello');
  const { epoch, head } = await room.join();
  const given = 'epoch' in position || position.after === 1 ? position : { ...position, epoch };
  const joined = await room.join(given);
  expect([joined.head, joined.events, joined.snapshot?.messages.length]).toEqual([head, [], 1]);
});

test('[GW2] a tab that is 500 events behind gets them, one that is further behind the room', async () => {
  using room = await setUp();
  const { head, epoch } = await room.join();
  await Promise.all(Array.from({ length: 500 }, (_, n) => room.post(`${n}`)));
  const near = await room.join({ after: head, epoch });
  expect([near.snapshot, near.events.length, near.head]).toEqual([null, 500, head + 500]);
  await room.post('one more');
  const far = await room.join({ after: head, epoch });
  expect([far.snapshot?.messages.length, far.events.length, far.head]).toEqual([100, 0, head + 501]);
});

test('[GW2] who leaves the room hears no more of it, and is present no more', async () => {
  using room = await setUp();
  const ben = await invite(room.ann, room.roomId, 'participant', 'Ben');
  const tab = await ben.connect();
  const [mine, view] = [new RoomView(room.tab, room.roomId), new RoomView(tab, room.roomId)];
  await mine.join();
  await view.join();
  const heard: string[] = [];
  expect(await tab.emitWithAck('room.leave', { roomId: room.roomId })).toEqual({ ok: true });
  tab.onAny((name: string) => heard.push(name));
  const { seq } = await room.post('Alone at last');
  await mine.event('my message', (event) => event.seq === seq);
  // Still a member: a round trip shows that nothing else was under way.
  const page = await tab.emitWithAck('room.history', { roomId: room.roomId, before: 1_000, limit: 10 });
  expect(page.ok && page.messages.map(({ text }) => text)).toEqual(['Alone at last']);
  expect(heard).toEqual([]);
  tab.close();
});

test('[EL9] older messages are paged backwards without a hole', async () => {
  using room = await setUp();
  for (let n = 1; n <= 25; n += 1) await room.post(`message ${n}`);
  const texts: string[] = [];
  let before = Number.MAX_SAFE_INTEGER;
  for (let more = true; more; ) {
    const page = await room.tab.emitWithAck('room.history', { roomId: room.roomId, before, limit: 10 });
    if (!page.ok) throw new Error(page.error.message);
    texts.unshift(...page.messages.map(({ text }) => text));
    before = page.messages[0]?.seq ?? 0;
    more = page.more;
  }
  expect(texts).toEqual(Array.from({ length: 25 }, (_, n) => `message ${n + 1}`));
  const stranger = await (await signUp(app.url, 'Eve')).connect();
  const answer = await stranger.emitWithAck('room.history', { roomId: room.roomId, before: 99, limit: 10 });
  expect(answer).toMatchObject({ ok: false, error: { code: 'not_found' } });
  stranger.close();
});

test('typing reaches the others and not the one who types', async () => {
  using room = await setUp();
  const ben = await invite(room.ann, room.roomId, 'participant', 'Ben');
  const tab = await ben.connect();
  await room.join();
  await room.join({}, tab);
  const own: unknown[] = [];
  tab.on('typing', (typing) => own.push(typing));
  const heard = new Promise((resolve) => room.tab.once('typing', resolve));
  expect(await tab.emitWithAck('typing', { roomId: room.roomId })).toEqual({ ok: true });
  expect(await heard).toEqual({ roomId: room.roomId, userId: ben.id, name: 'Ben' });
  await tab.emitWithAck('room.leave', { roomId: 'x' });
  expect(own).toEqual([]);
  tab.close();
});

test('[PE5] who is removed while they join either is out, or hears that they are', async () => {
  using room = await setUp();
  const people = await Promise.all(
    Array.from({ length: 10 }, (_, n) => invite(room.ann, room.roomId, 'participant', `P${n}`)),
  );
  const tabs = await Promise.all(people.map((person) => person.connect()));
  const heard = tabs.map((tab) => {
    const names: string[] = [];
    tab.onAny((name: string) => names.push(name));
    return names;
  });
  const outcomes = await Promise.all(
    people.map(async ({ id }, n) => {
      const joining = tabs[n]?.emitWithAck('room.join', { roomId: room.roomId });
      const removing = room.tab.emitWithAck('member.remove', { roomId: room.roomId, userId: id });
      return [await joining, await removing] as const;
    }),
  );
  await room.post('Now we are alone');
  for (const [n, [joined, removed]] of outcomes.entries()) {
    expect(removed).toMatchObject({ ok: true });
    expect(await tabs[n]?.emitWithAck('room.join', { roomId: room.roomId })).toMatchObject({
      error: { code: 'not_found' },
    });
    const names = heard[n] ?? [];
    if (joined?.ok) expect(names).toContain('closed');
    expect(names.slice(names.indexOf('closed') + 1)).toEqual([]);
  }
  for (const tab of tabs) tab.close();
});

test('[PE6] who signs out while they join is cut, and counted nowhere', async () => {
  using room = await setUp();
  const view = new RoomView(room.tab, room.roomId);
  await view.join();
  const guests: Person[] = await Promise.all(
    Array.from({ length: 10 }, (_, n) => invite(room.ann, room.roomId, 'participant', `P${n}`)),
  );
  await Promise.all(
    guests.map(async (guest) => {
      const tab = await guest.connect();
      const gone = new Promise((resolve) => tab.once('disconnect', resolve));
      tab.emit('room.join', { roomId: room.roomId }, () => {});
      expect((await guest.call('DELETE', '/api/session')).status).toBe(200);
      await gone;
      tab.close();
    }),
  );
  const last = await invite(room.ann, room.roomId, 'participant', 'Last');
  const tab = await last.connect();
  await room.join({}, tab);
  const present = () => view.presence?.people.map(({ name }) => name);
  await until('Last among those present', () => present()?.includes('Last'));
  expect(present()).toEqual(['Ann', 'Last']);
  tab.close();
});

test('[GW6] [EL8] what another process writes reaches the tabs here within seconds', async () => {
  using room = await setUp();
  const view = new RoomView(room.tab, room.roomId);
  await view.join();
  const db = await openDatabase(app.config.databaseUrl);
  const other = openLog(db);
  const actor = { type: 'user', id: room.ann.id } as const;
  const command = { name: 'message.post', args: { text: 'From afar' } } as const;
  const { seq } = await other.handle({ roomId: room.roomId, actor, command });
  await view.event('the message', (event) => event.seq === seq);
  expect(view.texts()).toEqual(['From afar']);
  await db.close();
});
