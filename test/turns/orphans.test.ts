import { afterEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { system } from '../../src/domain/command.ts';
import type { Command } from '../../src/domain/decide.ts';
import { createTurnLock } from '../../src/eventlog/turn-lock.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import { defaultLeaseTiming } from '../../src/turns/hold-lease.ts';
import { createTurnRunner } from '../../src/turns/turn-runner.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { createRecordedLog } from '../support/silent-log.ts';
import { bot, makeRoom, openLog, post, wholeLog } from '../support/test-log.ts';
import { scripted } from '../support/turn-room.ts';
import { until } from '../support/until.ts';

const opened: Database[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.close()));
});

const author = { type: 'bot' as const, id: bot.id, name: bot.name };
const reply = { messageId: 'said', author, text: 'All of it.' };

describeOnEachDatabase('a turn whose holder died', (openUrl) => {
  /** Leaves a turn running that has said `said` and written `written` down, and has another holder take it up. */
  async function afterCrash(
    said: typeof reply | undefined,
    written: (typeof reply & { fallback?: boolean }) | undefined,
    shown?: Pick<typeof reply, 'messageId' | 'text'> & { gen?: number },
  ) {
    const db = await openDatabase(await openUrl());
    opened.push(db);
    const eventLog = openLog(db);
    const roomId = await makeRoom(eventLog);
    const turnId = String((await eventLog.handle(post(roomId, 'Hello?'))).turnId);
    const lock = createTurnLock(db);
    const lease = await lock.acquire(roomId, 'dead', 60_000);
    if (lease === undefined) throw new Error('no lease');
    const act = (command: Command) =>
      eventLog.handle({ roomId, actor: system, turnEpoch: lease.epoch, command });
    const addressee = { botId: bot.id, by: 'only', confidence: 'high', reason: '' } as const;
    await act({ name: 'turn.start', args: { turnId, addressee } });
    if (said !== undefined) await act({ name: 'turn.say', args: { turnId, reply: said } });
    if (written !== undefined) await lock.renew(lease, 60_000, { turnId, message: written });
    await lock.release(lease);
    const log = createRecordedLog();
    const runner = createTurnRunner({
      parts: {
        ...{
          eventLog,
          log,
          model: scripted().model,
          newId: randomId,
          clock: systemClock,
          budget: { soft: 1_000, hard: 2_000 },
        },
        live: { stage() {}, begin() {}, sources() {}, add() {}, restart() {}, end() {}, leave() {} },
        findPassages: async () => ({ tier: 'none', passages: [] }),
        findBot: async () => bot,
      },
      ...{
        lock,
        clock: systemClock,
        log,
        timing: defaultLeaseTiming,
        holder: 'here',
        others: { wake() {}, stop() {} },
        draftOf: async () => shown && { gen: 0, ...shown, botId: bot.id },
      },
    });
    runner.start();
    await until('the turn to end', async () => (await eventLog.newestStateOf(roomId)).turns.length === 0);
    await runner.drain(0);
    const ends = (await wholeLog(eventLog, roomId)).flatMap((event) =>
      event.kind === 'turn.ended' ? [event.data.outcome] : [],
    );
    const { messages, unfinished } = await eventLog.newestStateOf(roomId);
    const [, answer] = messages;
    return { ends, texts: messages.map(({ text }) => text), unfinished, fallback: answer?.fallback };
  }

  test('[TN10] is completed where it had said it all, whether or not it had written that down before', async () => {
    const whole = { ends: ['completed'], texts: ['Hello?', 'All of it.'], unfinished: [] };
    expect(await afterCrash(reply, undefined)).toEqual(whole);
    expect(await afterCrash(reply, { ...reply, text: 'All' })).toEqual(whole);
  });

  test('[TN10] is interrupted where it had not, or was saying something else', async () => {
    expect(await afterCrash(undefined, { ...reply, text: 'All' })).toMatchObject({
      ends: ['interrupted'],
      texts: ['Hello?', 'All'],
    });
    expect(await afterCrash(undefined, undefined)).toMatchObject({
      ends: ['interrupted'],
      texts: ['Hello?'],
    });
    const aside = { ...reply, messageId: 'aside', text: 'And by' };
    expect((await afterCrash(reply, aside)).ends).toEqual(['interrupted']);
  });

  test('[TN10] keeps what people were shown beyond what was written down, also where nothing was', async () => {
    const shown = { messageId: 'said', text: 'All of' };
    const kept = { ends: ['interrupted'], texts: ['Hello?', 'All of'] };
    expect(await afterCrash(undefined, { ...reply, text: 'All' }, shown)).toMatchObject(kept);
    expect(await afterCrash(undefined, undefined, shown)).toMatchObject(kept);
    // The second model began anew, before that could be written down, or after.
    const anew = { ...shown, text: 'Something else', gen: 1 };
    const second = { texts: ['Hello?', 'Something else'], fallback: true };
    expect(await afterCrash(undefined, { ...reply, text: 'All' }, anew)).toMatchObject(second);
    expect(await afterCrash(undefined, undefined, anew)).toMatchObject(second);
    const written = { ...reply, text: 'Something', fallback: true };
    expect(await afterCrash(undefined, written, anew)).toMatchObject(second);
    // What is kept elsewhere may be older, too.
    expect(await afterCrash(undefined, written, shown)).toMatchObject({ texts: ['Hello?', 'Something'] });
    // Not the same words, or none yet.
    expect(await afterCrash(undefined, { ...reply, text: 'No' }, shown)).toMatchObject({
      texts: ['Hello?', 'No'],
    });
    expect(await afterCrash(undefined, undefined, { ...shown, text: '' })).toMatchObject({
      ends: ['interrupted'],
      texts: ['Hello?'],
    });
  });
});
