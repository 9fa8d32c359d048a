import { afterEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { compiled } from '../../src/db/query.ts';
import { createTurnLock } from '../../src/eventlog/turn-lock.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { makeRoom, openLog, post } from '../support/test-log.ts';

const opened: Database[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.close()));
});

describeOnEachDatabase('the turn lock', (openUrl) => {
  async function setUp() {
    const db = await openDatabase(await openUrl());
    opened.push(db);
    const log = openLog(db);
    const roomId = await makeRoom(log);
    const lock = createTurnLock(db);
    /** Lets every lease run out, as time would. */
    const expire = () => db.run(compiled(db.sql.updateTable('rooms').set({ turn_expires_ms: 1 })));
    return { db, log, lock, roomId, expire };
  }

  test('[TL1] of those who ask at once one gets it', async () => {
    const { lock, roomId } = await setUp();
    const asked = Array.from({ length: 20 }, (_, index) => lock.acquire(roomId, `process ${index}`, 10_000));
    const got = (await Promise.all(asked)).filter((lease) => lease !== undefined);
    expect(got).toEqual([{ roomId, epoch: 1 }]);
  });

  test('[TL1] it is free again once it is released, or has run out', async () => {
    const { lock, roomId, expire } = await setUp();
    const first = await lock.acquire(roomId, 'a', 10_000);
    if (first === undefined) throw new Error('no lease');
    expect(await lock.acquire(roomId, 'b', 10_000)).toBeUndefined();
    await lock.release(first);
    expect(await lock.acquire(roomId, 'b', 10_000)).toEqual({ roomId, epoch: 2 });
    await expire();
    expect(await lock.acquire(roomId, 'c', 10_000)).toEqual({ roomId, epoch: 3 });
  });

  test('[SV2] one that was given an hour ahead of the database’s clock, before that was set back, has run out', async () => {
    const { db, log, lock, roomId } = await setUp();
    await log.handle(post(roomId, 'Kibitz, are you there?'));
    const left = await lock.acquire(roomId, 'a', 6_000);
    if (left === undefined) throw new Error('no lease');
    expect(await lock.roomsToServe(10)).toEqual([]);
    await db.run(
      compiled(
        db.sql.updateTable('rooms').set((eb) => ({ turn_expires_ms: eb('turn_expires_ms', '+', 3_600_000) })),
      ),
    );
    expect(await lock.roomsToServe(10)).toEqual([roomId]);
    expect(await lock.acquire(roomId, 'b', 6_000)).toEqual({ roomId, epoch: left.epoch + 1 });
    expect(await lock.renew(left, 6_000)).toEqual({ held: false });
  });

  test('[TL2] a renewed lease stays; one that was taken over cannot be renewed or released', async () => {
    const { db, lock, roomId, expire } = await setUp();
    const old = await lock.acquire(roomId, 'a', 10_000);
    if (old === undefined) throw new Error('no lease');
    await expire();
    // Nobody took it in the meantime, so it can still be had back.
    expect(await lock.renew(old, 10_000)).toEqual({ held: true, stop: undefined });
    expect(await lock.acquire(roomId, 'b', 10_000)).toBeUndefined();
    await expire();
    const successor = await lock.acquire(roomId, 'b', 10_000);
    expect(await lock.renew(old, 10_000)).toEqual({ held: false });
    await lock.release(old);
    const [room] = await db.run(compiled(db.sql.selectFrom('rooms').select(['turn_epoch', 'turn_holder'])));
    expect(room).toEqual({ turn_epoch: successor?.epoch, turn_holder: 'b' });
  });

  test('[TL3] a holder past its lease can write nothing', async () => {
    const { log, lock, roomId, expire } = await setUp();
    const old = await lock.acquire(roomId, 'a', 10_000);
    expect(await log.handle(post(roomId, 'while it holds', { turnEpoch: old?.epoch }))).toMatchObject({
      seq: 5,
    });
    await expire();
    await lock.acquire(roomId, 'b', 10_000);
    const late = log.handle(post(roomId, 'too late', { turnEpoch: old?.epoch }));
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    expect((await log.headOf(roomId))?.head).toBe(5);
  });

  test('[TL4] a successor finds what was written down of the turn', async () => {
    const { lock, roomId } = await setUp();
    const lease = await lock.acquire(roomId, 'a', 10_000);
    if (lease === undefined) throw new Error('no lease');
    const author = { type: 'bot', id: 'b', name: 'B' } as const;
    const message = (text: string) => ({ messageId: 'm', author, text, truncated: true });
    await lock.renew(lease, 10_000, { turnId: 't1', message: message('Once') });
    await lock.renew(lease, 10_000, { turnId: 't1', message: message('Once upon') });
    expect(await lock.checkpointOf(roomId, 't1')).toEqual({ turnId: 't1', message: message('Once upon') });
    expect(await lock.checkpointOf(roomId, 'other')).toBeUndefined();
  });

  test('[TL5] a request to stop reaches the holder when it renews, and not the next one', async () => {
    const { lock, roomId } = await setUp();
    const lease = await lock.acquire(roomId, 'a', 10_000);
    if (lease === undefined) throw new Error('no lease');
    await lock.requestStop(roomId, 't1');
    expect(await lock.renew(lease, 10_000)).toEqual({ held: true, stop: 't1' });
    await lock.release(lease);
    const next = await lock.acquire(roomId, 'b', 10_000);
    if (next === undefined) throw new Error('no lease');
    expect(await lock.renew(next, 10_000)).toEqual({ held: true, stop: undefined });
  });

  test('[TL6] rooms with open turns and no holder are found', async () => {
    const { log, lock, roomId, expire } = await setUp();
    await makeRoom(log);
    expect(await lock.roomsToServe(10)).toEqual([]);
    await log.handle(post(roomId, 'Kibitz, are you there?'));
    expect(await lock.roomsToServe(10)).toEqual([roomId]);
    const lease = await lock.acquire(roomId, 'a', 10_000);
    expect(await lock.roomsToServe(10)).toEqual([]);
    await expire();
    expect(await lock.roomsToServe(10)).toEqual([roomId]);
    if (lease === undefined) throw new Error('no lease');
    const turnId = (await log.stateOf(roomId)).turns[0]?.turnId ?? '';
    const { ann } = await import('../support/test-log.ts');
    await log.handle({ roomId, actor: ann, command: { name: 'turn.stop', args: { turnId } } });
    expect(await lock.roomsToServe(10)).toEqual([]);
  });
});
