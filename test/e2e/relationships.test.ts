import { expect, test } from 'vitest';
import type { LoggedEvent } from '../../src/domain/event.ts';
import type { RoomState } from '../../src/domain/room-state.ts';
import { invite, type Person, signUp } from '../support/client.ts';
import { openEventStream } from '../support/event-stream.ts';
import { RoomView } from '../support/room-view.ts';
import { startApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';

/** A room of two bots of the demo model, with its owner, a participant and a spectator, each in a tab. */
async function setUp() {
  const app = await startApp();
  const ann = await signUp(app.url, 'Ann');
  const bots: string[] = [];
  for (const [name, talkativeness] of [
    ['Mira', 1],
    ['Odo', 1],
  ] as const) {
    const { body } = await ann.call('POST', '/api/bots', {
      name,
      persona: `You are ${name}.`,
      talkativeness,
    });
    bots.push(body.bot.id);
  }
  const settings = { relationships: true, interjections: 2 };
  const { body } = await ann.call('POST', '/api/rooms', { title: 'Harbour', bots, settings });
  const roomId = body.room.id as string;
  const people: Person[] = [
    ann,
    await invite(ann, roomId, 'participant', 'Ben'),
    await invite(ann, roomId, 'spectator', 'Sue'),
  ];
  const sockets = await Promise.all(people.map((person) => person.connect()));
  const views = sockets.map((socket) => new RoomView(socket, roomId));
  await Promise.all(views.map((view) => view.join()));
  const [annView, benView, sueView] = views;
  if (annView === undefined || benView === undefined || sueView === undefined) throw new Error('no tabs');
  return {
    app,
    ann,
    roomId,
    people,
    bots,
    annView,
    benView,
    sueView,
    /** Runs a command as Ann and waits until its turns have ended in every tab. */
    async act(name: string, args: Record<string, unknown>) {
      const { body } = await ann.command(roomId, name, args);
      if (!body.ok) throw new Error(JSON.stringify(body));
      await until('every tab to have it, and no turn to be open', () =>
        views.every(({ state }) => state !== undefined && state.seq >= body.seq && state.turns.length === 0),
      );
      return body;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.close();
      await app[Symbol.asyncDispose]();
    },
  };
}

const feelings = (state: RoomState | undefined) => ({ edges: state?.edges, memories: state?.memories });
const told = (events: readonly LoggedEvent[]) =>
  events.filter(({ kind }) => kind.startsWith('memory.') || kind.startsWith('edge.'));

test('[CQ1] [CQ2] relationships follow history in every tab: an older reply anew, versions, a rewind and its undoing', async () => {
  await using room = await setUp();
  const { act, annView, benView, bots, roomId, ann } = room;
  await act('message.post', { text: '@Mira thank you for coming. Odo, do you trust her?' });
  await act('message.post', { text: '@Odo where is the key to the lighthouse?' });
  const first = annView.state?.messages.find(({ author }) => author.id === bots[0]);
  expect(annView.state?.messages.some(({ interjectionOf }) => interjectionOf !== undefined)).toBe(true);
  const before = feelings(annView.state);
  expect(before.memories?.length).toBeGreaterThanOrEqual(4);
  const regenerated = await act('reply.regenerate', { messageId: first?.messageId });
  expect(regenerated.turnId).toBeDefined();
  expect(feelings(benView.state)).toEqual(feelings(annView.state));
  expect(feelings(annView.state)).not.toEqual(before);
  const standing = new Set(annView.state?.messages.map(({ messageId }) => messageId));
  for (const { cause } of annView.state?.memories ?? []) expect(standing.has(cause)).toBe(true);
  const anew = feelings(annView.state);
  await act('reply.select', { messageId: first?.messageId });
  expect(feelings(benView.state)).toEqual(before);
  await act('history.rewind', { messageId: first?.cause });
  expect(feelings(benView.state)).toEqual({ edges: [], memories: [] });
  await act('history.undo', {});
  expect(feelings(benView.state)).toEqual(before);
  expect(anew).not.toEqual(before);
  // A tab that comes now is given the same.
  const late = new RoomView(await ann.connect(), roomId);
  await late.join();
  expect(feelings(late.state)).toEqual(before);
});

test('[CQ8] who only watches is told nothing of memories and relationships, unless the room says so', async () => {
  await using room = await setUp();
  const { act, ann, annView, people, roomId, sueView } = room;
  const sue = people[2] as Person;
  const stream = await openEventStream(sue, roomId);
  await act('message.post', { text: '@Mira hello' });
  expect(annView.state?.memories.length).toBeGreaterThan(0);
  expect(feelings(sueView.state)).toEqual({ edges: [], memories: [] });
  expect(told(sueView.events)).toEqual([]);
  // One sequence without gaps for everybody: nothing had to be asked for again.
  expect([sueView.state?.seq, sueView.syncs]).toEqual([annView.state?.seq, 0]);
  const read = async (person: Person): Promise<LoggedEvent[]> =>
    (await person.call('GET', `/api/rooms/${roomId}/events`)).body.events;
  const seen = await read(sue);
  expect(seen.map(({ seq }) => seq)).toEqual((await read(ann)).map(({ seq }) => seq));
  expect(told(seen)).toEqual([]);
  expect(told(await read(ann)).length).toBeGreaterThan(0);
  await until('the stream to be there too', () => stream.received.length >= seen.length);
  expect(told(stream.received.map(({ event }) => event as LoggedEvent))).toEqual([]);
  stream.close();
  const log = await fetch(`${sue.url}/api/rooms/${roomId}/export?format=jsonl`, {
    headers: { cookie: sue.cookie },
  });
  expect(await log.text()).not.toMatch(/"(memory|edge)\./);
  const late = new RoomView(await sue.connect(), roomId);
  await late.join();
  expect(feelings(late.state)).toEqual({ edges: [], memories: [] });

  await act('room.update', { settings: { spectatorsSeeState: true } });
  await act('message.post', { text: '@Odo and you?' });
  expect(told(sueView.events).length).toBeGreaterThan(0);
  const again = new RoomView(await sue.connect(), roomId);
  await again.join();
  expect(feelings(again.state)).toEqual(feelings(annView.state));
});
