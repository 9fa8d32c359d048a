import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { createTurnLock } from '../../src/eventlog/turn-lock.ts';
import { KibitzError } from '../../src/lib/errors.ts';
import type { LanguageModel, StreamPart } from '../../src/llm/language-model.ts';
import { createStopTurn } from '../../src/turns/stop-turn.ts';
import { freshSqliteUrl } from '../support/databases.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { runs } from '../support/runs.ts';
import { ann, makeRoom, openLog, post, wholeLog } from '../support/test-log.ts';
import { type LeaseHistory, startProcess } from '../support/turn-cluster.ts';

let db: Database;
beforeAll(async () => {
  db = await openDatabase(await freshSqliteUrl());
});
afterAll(() => db.close());

const words = ['Every ', 'word ', 'that ', 'was ', 'said.'];
const whole = words.join('');
const usage = { promptTokens: 1, completionTokens: 1, estimated: false };

const model: LanguageModel = {
  name: 'wordy',
  async *stream(): AsyncGenerator<StreamPart> {
    for (const text of words) yield { type: 'text', text };
    yield { type: 'end', finish: 'stop', usage, model: 'wordy', fallback: false };
  },
  structured: async ({ fallback }) => ({ value: fallback, source: 'default', usage }),
};

/** After how many steps of the server somebody presses stop, and in which of two processes. */
const stops = fc.array(fc.record({ after: fc.nat({ max: 16 }), elsewhere: fc.boolean() }), {
  minLength: 1,
  maxLength: 3,
});

test('[SV9] however a stop races the end of the stream, the turn ends exactly once, and every stop is told how', async () => {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), stops, async (scheduler, pressed) => {
      const observer = openLog(db);
      const roomId = await makeRoom(observer);
      const history: LeaseHistory = { writes: [], acquired: [] };
      const [here, there] = [startProcess(db, scheduler, model, history), openLog(db)];
      const lock = createTurnLock(db);
      const clock = createManualClock();
      // The other process reaches the one that writes by Redis; its message takes its time.
      const others = {
        wake() {},
        stop: (id: string, turnId: string) =>
          void scheduler.schedule(Promise.resolve(), 'told to stop').then(() => here.runner.stop(id, turnId)),
      };
      const stopHere = createStopTurn({ eventLog: here.eventLog, lock, runner: here.runner, others, clock });
      const stopThere = createStopTurn({
        eventLog: there,
        lock,
        runner: { stop: () => false },
        others,
        clock,
      });
      const posted = here.eventLog.handle(post(roomId, 'Go on'));
      const step = async () => {
        for (let turn = 0; turn < 3; turn += 1) await setImmediate();
        if (scheduler.count() > 0) await scheduler.waitOne();
      };
      const isPosted = async () => (await observer.newestStateOf(roomId)).turns[0]?.turnId;
      let turnId = await isPosted();
      while (turnId === undefined) {
        await step();
        turnId = await isPosted();
      }
      await posted;
      const asked: Promise<string>[] = [];
      for (let steps = 0; steps <= 16; steps += 1) {
        for (const { elsewhere } of pressed.filter(({ after }) => after === steps)) {
          const request = { roomId, actor: ann, command: { name: 'turn.stop', args: { turnId } } } as const;
          asked.push(
            (elsewhere ? stopThere : stopHere)(request, turnId).then(
              (result) => `ended at ${result.seq}`,
              (reason) => (reason instanceof KibitzError ? reason.code : String(reason)),
            ),
          );
        }
        await step();
      }
      let answers: string[] | undefined;
      void Promise.all(asked).then((all) => {
        answers = all;
      });
      for (let round = 0; round < 200; round += 1) {
        if (answers !== undefined && (await observer.newestStateOf(roomId)).turns.length === 0) break;
        await step();
        // The other process looks at the log now and again.
        clock.advance(10);
      }
      const events = await wholeLog(observer, roomId);
      const ends = events.filter((event) => event.kind === 'turn.ended' && event.turnId === turnId);
      expect(ends).toHaveLength(1);
      const [end] = ends;
      for (const answer of answers ?? []) expect([`ended at ${end?.seq}`, 'not_found']).toContain(answer);
      expect(answers).toHaveLength(pressed.length);
      if (end?.kind !== 'turn.ended') throw new Error('no end');
      const { outcome } = end.data;
      expect(['stopped', 'completed']).toContain(outcome);
      const by = new Set(pressed.map(({ elsewhere }) => (elsewhere ? 'there' : 'here')));
      const hadBegun = events.some((event) => event.kind === 'turn.started' && event.turnId === turnId);
      if (by.size === 1 && hadBegun) outcomes.add(`${outcome} from ${[...by]}`);
      const said = events.flatMap((event) =>
        event.kind === 'message.posted' && event.turnId === turnId ? [event.data] : [],
      );
      if (outcome === 'completed') expect(said).toMatchObject([{ text: whole }]);
      else for (const { text } of said) expect(whole.startsWith(text)).toBe(true);
      here.crash();
    }),
    runs(150),
  );
  // Either may win, wherever stop is pressed.
  expect([...outcomes].sort()).toEqual([
    'completed from here',
    'completed from there',
    'stopped from here',
    'stopped from there',
  ]);
}, 60_000);
