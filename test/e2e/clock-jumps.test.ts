import { expect, test } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { elsewhere, makeRoomWithBot, signUp } from '../support/client.ts';
import { freshSqliteUrl } from '../support/databases.ts';
import { RoomView } from '../support/room-view.ts';
import { createGate, saysGated, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { startApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';

const hour = 3_600_000;

/** The machine's clock but for the time of day, which the test sets. */
function settableClock(ahead: number) {
  const set = { ahead };
  return { set, clock: { ...systemClock, now: () => new Date(Date.now() + set.ahead) } };
}

test('[SV2] clocks that jump by hours, in two processes, change nothing in order, turns or sessions', async () => {
  await using endpoint = await startScriptedEndpoint();
  const config = {
    databaseUrl: await freshSqliteUrl(),
    endpoint: { baseUrl: endpoint.baseURL, model: 'scripted' },
  };
  const [early, late] = [settableClock(-hour), settableClock(hour)];
  await using first = await startApp(config, { clock: early.clock });
  await using second = await startApp(config, { clock: late.clock });
  const ann = await signUp(first.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const people = [ann, elsewhere(ann, second.url)];
  const sockets = await Promise.all(people.map((person) => person.connect()));
  const views = sockets.map((socket) => new RoomView(socket, roomId));
  for (const view of views) await view.join();

  for (let round = 0; round < 4; round += 1) {
    const gate = createGate();
    endpoint.next(saysGated(gate, `Reply ${round} `, 'goes on ', 'and ends.'));
    const posted = await sockets[round % 2]?.emitWithAck('message.post', {
      roomId,
      text: `Question ${round}`,
    });
    if (!posted?.ok || posted.turnId === undefined) throw new Error(`no turn: ${JSON.stringify(posted)}`);
    gate.release();
    await until('the first word', () => views.some((view) => view.drafts.size > 0));
    // In the middle of a reply, both at once and in opposite directions.
    [early.set.ahead, late.set.ahead] = [late.set.ahead, early.set.ahead];
    gate.open();
    await Promise.all(views.map((view) => view.turnEnd(posted.turnId ?? '')));
  }
  const [view, other] = views;
  expect(view?.events.map(({ seq }) => seq)).toEqual(
    Array.from({ length: view?.events.length ?? 0 }, (_, n) => n + (view?.events[0]?.seq ?? 0)),
  );
  expect(other?.events).toEqual(view?.events);
  const outcomes = view?.events.filter(({ kind }) => kind === 'turn.ended').map(({ data }) => data);
  expect(outcomes).toEqual(
    Array.from({ length: 4 }, () => expect.objectContaining({ outcome: 'completed' })),
  );
  expect(view?.texts()).toEqual(
    [0, 1, 2, 3].flatMap((round) => [`Question ${round}`, `Reply ${round} goes on and ends.`]),
  );
  // The times that were written do go to and fro; it is the order that does not.
  const times = view?.events.map(({ at }) => at) ?? [];
  expect(times).not.toEqual(times.toSorted());
  for (const person of people) expect((await person.call('GET', '/api/session')).status).toBe(200);
  for (const socket of sockets) socket.close();
});
