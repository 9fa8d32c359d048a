import type fc from 'fast-check';
import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { compiled } from '../../src/db/query.ts';
import { createEventLog, type EventLog } from '../../src/eventlog/event-log.ts';
import { createTurnLock, type TurnLock } from '../../src/eventlog/turn-lock.ts';
import { randomId } from '../../src/lib/ids.ts';
import type { LanguageModel } from '../../src/llm/language-model.ts';
import { defaultLeaseTiming } from '../../src/turns/hold-lease.ts';
import type { LiveText } from '../../src/turns/live-text.ts';
import { createTurnRunner, type TurnRunner } from '../../src/turns/turn-runner.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createRecordedLog } from './silent-log.ts';
import { bot } from './test-log.ts';

const clockRow = 'the-clock';

/** A database whose clock stands in one of its rows, so that a test can move it. */
export async function withMovableClock(
  db: Database,
): Promise<{ db: Database; advance(ms: number): Promise<void> }> {
  const row = {
    id: clockRow,
    title: '',
    head: 1,
    head_mark: '',
    epoch: '',
    open_turns: 0,
    turn_epoch: 0,
    updated_at: '',
  };
  await db.run(
    compiled(db.sql.insertInto('rooms').values({ ...row, turn_holder: clockRow, turn_expires_ms: 1_000 })),
  );
  const now = sql<number>`(select c.turn_expires_ms from rooms c where c.id = ${sql.lit(clockRow)})`;
  return {
    db: { ...db, now },
    advance: async (ms) => {
      const move = db.sql
        .updateTable('rooms')
        .set((eb) => ({ turn_expires_ms: eb('turn_expires_ms', '+', ms) }));
      await db.run(compiled(move.where('id', '=', clockRow)));
    },
  };
}

/** One server process as far as turns go. Everything it asks of others passes the scheduler, and waits while it is paused. */
export type TurnProcess = {
  eventLog: EventLog;
  runner: TurnRunner;
  pause(): void;
  resume(): void;
  /** Never does anything again. */
  crash(): void;
  readonly isUp: boolean;
  /** Lets time pass; a paused process learns of it when it goes on. */
  advance(ms: number): void;
};

/** What was done under turn leases: writes with where they ended in the log, and where it stood when a lease was taken. */
export type LeaseHistory = {
  writes: { epoch: number; seq: number }[];
  acquired: { epoch: number; head: number }[];
};

const noLiveText: LiveText = {
  stage() {},
  begin() {},
  sources() {},
  add() {},
  restart() {},
  end() {},
  leave() {},
};

export function startProcess(
  db: Database,
  scheduler: fc.Scheduler,
  model: LanguageModel,
  history: LeaseHistory,
): TurnProcess {
  const clock: ManualClock = createManualClock();
  const log = createRecordedLog();
  const plainLog = createEventLog({ db, clock, newId: randomId, log });
  const plainLock = createTurnLock(db);
  let state: 'up' | 'paused' | 'crashed' = 'up';
  let missed = 0;
  let resumed = Promise.withResolvers<void>();
  resumed.resolve();

  /** Runs a step when the scheduler says so and the process is awake. */
  async function scheduled<T>(label: string, step: () => Promise<T>): Promise<T> {
    await scheduler.schedule(Promise.resolve(), label);
    await resumed.promise;
    return step();
  }

  const eventLog: EventLog = {
    ...plainLog,
    handle: async (request) => {
      const result = await scheduled(`handle ${request.command.name}`, () => plainLog.handle(request));
      if (request.turnEpoch !== undefined && result.seq !== undefined) {
        history.writes.push({ seq: result.seq, epoch: request.turnEpoch });
      }
      return result;
    },
  };
  const lock: TurnLock = {
    ...plainLock,
    acquire: (roomId, ...rest) =>
      scheduled('acquire', async () => {
        const lease = await plainLock.acquire(roomId, ...rest);
        const stored = await plainLog.headOf(roomId);
        if (lease !== undefined) history.acquired.push({ epoch: lease.epoch, head: stored?.head ?? 0 });
        return lease;
      }),
    renew: (...args) => scheduled('renew', () => plainLock.renew(...args)),
    release: (...args) => scheduled('release', () => plainLock.release(...args)),
  };
  const slowModel: LanguageModel = {
    ...model,
    async *stream(request, signal) {
      for await (const part of model.stream(request, signal)) {
        await scheduled('token', async () => {});
        signal.throwIfAborted();
        yield part;
      }
    },
  };
  const runner = createTurnRunner({
    parts: {
      eventLog,
      model: slowModel,
      live: noLiveText,
      newId: randomId,
      clock,
      log,
      budget: { soft: 1_000, hard: 2_000 },
      findPassages: async () => ({ tier: 'none', passages: [] }),
      findBot: async () => bot,
    },
    lock,
    clock,
    log,
    timing: defaultLeaseTiming,
    holder: randomId(),
    others: { wake() {}, stop() {} },
  });
  runner.start();

  return {
    eventLog,
    runner,
    get isUp() {
      return state === 'up';
    },
    pause: () => {
      if (state !== 'up') return;
      state = 'paused';
      resumed = Promise.withResolvers();
    },
    resume: () => {
      if (state !== 'paused') return;
      state = 'up';
      resumed.resolve();
      clock.advance(missed);
      missed = 0;
    },
    crash: () => {
      if (state === 'up') resumed = Promise.withResolvers();
      state = 'crashed';
    },
    advance: (ms) => {
      if (state === 'up') clock.advance(ms);
      else missed += ms;
    },
  };
}
