import { expect, test } from 'vitest';
import type { EventLog } from '../../src/eventlog/event-log.ts';
import { startHeads } from '../../src/gateway/heads.ts';
import { createTabs } from '../../src/gateway/tabs.ts';
import { createFakeIo, fakeViewer } from '../support/fake-io.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createRecordedLog } from '../support/silent-log.ts';
import { until } from '../support/until.ts';

const roomIds = Array.from({ length: 60 }, (_, n) => `room${n}`);

/** Rooms with a tab each; the log stands at `head`, of which this process knows `known`. */
function setUp(head: number, known: number) {
  const { io, sent } = createFakeIo();
  const [clock, tabs, log] = [createManualClock(), createTabs(), createRecordedLog()];
  for (const roomId of roomIds) tabs.show(roomId, fakeViewer('tab', 'ann', 'owner'));
  const caughtUp: string[] = [];
  let isBroken = false;
  const eventLog = {
    headsOf: async (ids: readonly string[]) => {
      if (isBroken) throw new Error('the database is away');
      return ids.map((roomId) => ({ roomId, head, epoch: 'epoch' }));
    },
    stateOf: async () => ({ seq: known }),
    newestStateOf: async (roomId: string) => void caughtUp.push(roomId),
  } as unknown as EventLog;
  const heads = startHeads({ io, tabs, eventLog, clock, log });
  /** One beat: the clock moves once the beat before has set the next. */
  async function beat(): Promise<void> {
    await until('the next beat to be set', () => clock.pending === 1);
    clock.advance(250);
  }
  return { heads, sent, caughtUp, log, clock, beat, breakDown: (broken: boolean) => (isBroken = broken) };
}

test('[GW6] within 5 s each tab hears once where its room’s log stands, a few rooms at a time', async () => {
  const { beat, sent, caughtUp, heads, clock } = setUp(7, 7);
  let most = 0;
  for (let n = 0; n < 20; n += 1) {
    const before = sent.length;
    await beat();
    await until('the beat to end', () => clock.pending === 1);
    most = Math.max(most, sent.length - before);
  }
  expect(sent.map(({ to }) => to).sort()).toEqual(roomIds.map((roomId) => `events:${roomId}`).sort());
  expect(sent[0]).toMatchObject({ name: 'head', payload: { seq: 7, epoch: 'epoch' } });
  expect(most).toBeLessThan(roomIds.length / 4);
  expect(caughtUp).toEqual([]);
  heads.stop();
  expect(clock.pending).toBe(0);
});

test('[GW6] within a second a room that is behind the database takes in what others wrote', async () => {
  const { beat, caughtUp, clock, heads } = setUp(9, 7);
  for (let n = 0; n < 4; n += 1) await beat();
  await until('the last beat to end', () => clock.pending === 1);
  expect(caughtUp.sort()).toEqual([...roomIds].sort());
  heads.stop();
});

test('[GW6] heads that cannot be read are logged, and told again when they can', async () => {
  const { beat, breakDown, sent, log, heads, clock } = setUp(7, 7);
  breakDown(true);
  for (let n = 0; n < 20; n += 1) await beat();
  await until('the last beat to end', () => clock.pending === 1);
  expect(sent).toEqual([]);
  expect(log.lines.some(({ level }) => level === 'warn')).toBe(true);
  breakDown(false);
  for (let n = 0; n < 20; n += 1) await beat();
  await until('the last beat to end', () => clock.pending === 1);
  expect(sent).toHaveLength(roomIds.length);
  heads.stop();
});
