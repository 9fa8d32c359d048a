import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open-database.ts';
import { createTurnLock } from '../../src/eventlog/turn-lock.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import { defaultBudget } from '../../src/turns/prompt.ts';
import { runTurn } from '../../src/turns/run-turn.ts';
import { TurnAbort, type TurnContext } from '../../src/turns/turn-context.ts';
import { freshSqliteUrl } from '../support/databases.ts';
import { createRecordedLog } from '../support/silent-log.ts';
import { bot, makeRoom, openLog, post, wholeLog } from '../support/test-log.ts';

test('[CM17] a turn that fails before it began ends too, once, and is not tried for ever', async () => {
  const db = await openDatabase(await freshSqliteUrl());
  const eventLog = openLog(db);
  const roomId = await makeRoom(eventLog);
  await eventLog.handle(post(roomId, 'Hello'));
  const [turn] = (await eventLog.stateOf(roomId)).turns;
  const lease = await createTurnLock(db).acquire(roomId, 'me', 60_000);
  if (turn === undefined || lease === undefined) throw new Error('nothing to run');
  const live = { stage() {}, begin() {}, sources() {}, add() {}, restart() {}, end() {}, leave() {} };
  const context = {
    eventLog: { ...eventLog, findMessage: () => Promise.reject(new Error('a row that cannot be read')) },
    live,
    newId: randomId,
    clock: systemClock,
    budget: defaultBudget,
    findBot: async () => bot,
    roomId,
    turn,
    lease,
    signal: new AbortController().signal,
    checkpoint() {},
  } as unknown as TurnContext;
  await runTurn(context, createRecordedLog());
  expect((await eventLog.stateOf(roomId)).turns).toEqual([]);
  const ends = (await wholeLog(eventLog, roomId)).filter(({ kind }) => kind === 'turn.ended');
  expect(ends).toMatchObject([{ data: { outcome: 'failed', error: 'Something went wrong on the server.' } }]);
  await db.close();
});

test.each([
  ['lost', ['leave turn']],
  ['stopped', ['end turn']],
] as const)(
  '[TL9] what was shown of a turn that is %s is kept for a successor, if there is one',
  async (why, told) => {
    const heard: string[] = [];
    const live = {
      ...{ stage() {}, begin() {}, sources() {}, add() {}, restart() {} },
      end: (turnId: string) => heard.push(`end ${turnId}`),
      leave: (turnId: string) => heard.push(`leave ${turnId}`),
    };
    const context = {
      eventLog: { newestStateOf: async () => ({ turns: [] }) },
      live,
      roomId: 'room',
      turn: { turnId: 'turn', trigger: { messageId: 'message' } },
      signal: AbortSignal.abort(new TurnAbort(why)),
    } as unknown as TurnContext;
    await runTurn(context, createRecordedLog()).catch(() => {});
    expect(heard).toEqual(told);
  },
);
