import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import type { RoomEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { initialState } from '../../src/domain/room-state.ts';
import type { LanguageModel, StreamPart } from '../../src/llm/language-model.ts';
import { modelError } from '../../src/llm/model-error.ts';
import { freshSqliteUrl } from '../support/databases.ts';
import { ann, makeRoom, openLog, post, wholeLog } from '../support/test-log.ts';
import {
  type LeaseHistory,
  startProcess,
  type TurnProcess,
  withMovableClock,
} from '../support/turn-cluster.ts';

let plain: Database;
let movable: Awaited<ReturnType<typeof withMovableClock>>;
beforeAll(async () => {
  plain = await openDatabase(await freshSqliteUrl());
  movable = await withMovableClock(plain);
});
afterAll(() => plain.close());

/** Says two words; every fifth reply fails in the middle. */
function wordyModel(): LanguageModel {
  let calls = 0;
  return {
    name: 'wordy',
    async *stream(): AsyncGenerator<StreamPart> {
      calls += 1;
      yield { type: 'text', text: 'some ' };
      if (calls % 5 === 0) throw modelError('connection', 'The connection was lost.');
      yield { type: 'text', text: 'words' };
      const usage = { promptTokens: 1, completionTokens: 1, estimated: false };
      yield { type: 'end', finish: 'stop', usage, model: 'wordy', fallback: false };
    },
    structured: async ({ fallback }) => ({
      value: fallback,
      source: 'default',
      usage: { promptTokens: 0, completionTokens: 0, estimated: true },
    }),
  };
}

const who = fc.nat({ max: 2 });
const action = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('post' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('regenerate' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('stop' as const), who }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 100, max: 9_000 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pause' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('resume' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), who: fc.nat({ max: 1 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('step' as const), steps: fc.integer({ min: 1, max: 12 }) }),
  },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

/** What must hold for every turn of a finished log. */
function checkTurns(events: readonly RoomEvent[], { writes, acquired }: LeaseHistory): void {
  const turnIds = events.filter(({ kind }) => kind === 'turn.queued').map(({ turnId }) => turnId);
  for (const turnId of turnIds) {
    const life = events
      .filter((event) => event.turnId === turnId && event.kind.startsWith('turn.'))
      .map(({ kind }) => kind);
    expect([
      ['turn.queued', 'turn.ended'],
      ['turn.queued', 'turn.started', 'turn.ended'],
    ]).toContainEqual(life);
    const end = events.findIndex((event) => event.turnId === turnId && event.kind === 'turn.ended');
    expect(events.slice(end + 1).some((event) => event.turnId === turnId)).toBe(false);
  }
  let running: string | undefined;
  for (const { kind, turnId } of events) {
    if (kind === 'turn.started') {
      expect(running).toBeUndefined();
      running = turnId;
    }
    if (kind === 'turn.ended' && turnId === running) running = undefined;
  }
  // Once a lease has been taken, nothing is written under an earlier one.
  for (const { epoch, head } of acquired) {
    expect(writes.filter((write) => write.epoch < epoch && write.seq > head)).toEqual([]);
  }
}

test('[TL7] whatever the order, writes of holders never overlap, no turn is lost, each ends once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(action, { minLength: 10, maxLength: 60, size: 'max' }),
      async (scheduler, actions) => {
        const observer = openLog(plain);
        const roomId = await makeRoom(observer);
        const history: LeaseHistory = { writes: [], acquired: [] };
        const processes = [0, 1, 2].map(() => startProcess(movable.db, scheduler, wordyModel(), history));
        const commands: Promise<unknown>[] = [];

        for (const step of actions) await take(step, processes, roomId, commands);
        for (const each of processes) each.resume();
        await settle();
        const events = await wholeLog(observer, roomId);
        checkTurns(events, history);
        const answered = events.filter(({ kind }) => kind === 'turn.queued').length;
        const ended = events.filter(({ kind }) => kind === 'turn.ended').length;
        expect(ended).toBe(answered);
        expect(await observer.newestStateOf(roomId)).toEqual(events.reduce(evolve, initialState(roomId)));
        for (const each of processes) each.crash();

        async function take(
          step: Action,
          up: TurnProcess[],
          room: string,
          sent: Promise<unknown>[],
        ): Promise<void> {
          const process = 'who' in step ? up[step.who] : undefined;
          switch (step.do) {
            case 'post':
              if (process?.isUp) sent.push(process.eventLog.handle(post(room, 'Hello?')).catch(() => {}));
              break;
            case 'regenerate': {
              const reply = (await observer.newestStateOf(room)).messages.findLast(
                ({ author }) => author.type === 'bot',
              );
              if (!process?.isUp || reply === undefined) break;
              const command = { name: 'reply.regenerate', args: { messageId: reply.messageId } } as const;
              sent.push(process.eventLog.handle({ roomId: room, actor: ann, command }).catch(() => {}));
              break;
            }
            case 'stop': {
              const running = (await observer.newestStateOf(room)).turns.find(
                ({ status }) => status === 'running',
              );
              if (running !== undefined && process?.isUp) process.runner.stop(room, running.turnId);
              break;
            }
            case 'wait':
              await advance(step.ms);
              break;
            case 'step':
              await run(step.steps);
              break;
            default:
              process?.[step.do]();
          }
        }

        async function advance(ms: number): Promise<void> {
          await movable.advance(ms);
          for (const each of processes) each.advance(ms);
        }

        /** Lets that many scheduled calls go on, in an order the scheduler picks, with what follows from each. */
        async function run(steps: number): Promise<void> {
          for (let taken = 0; taken < steps; taken += 1) {
            for (let turn = 0; turn < 3; turn += 1) await setImmediate();
            if (scheduler.count() > 0) await scheduler.waitOne();
          }
        }

        /** Goes on until every turn has ended; bounded, so that a lost turn fails the property. */
        async function settle(): Promise<void> {
          for (let round = 0; round < 60; round += 1) {
            await run(30);
            if (scheduler.count() === 0 && (await observer.newestStateOf(roomId)).turns.length === 0) return;
            await advance(1_000);
          }
          throw new Error('turns are left that nobody runs');
        }
      },
    ),
    { numRuns: 200, endOnFailure: false },
  );
}, 120_000);
