import { expect, test } from 'vitest';
import type { Renewal, TurnLock } from '../../src/eventlog/turn-lock.ts';
import { defaultLeaseTiming, holdLease, leaseTiming } from '../../src/turns/hold-lease.ts';
import { createManualClock } from '../support/manual-clock.ts';

const timing = { duration: 6_000, beat: 1_000, margin: 1_500 };

/** A lease whose renewals the test answers one by one. */
function setUp(clock = createManualClock()) {
  const asked: PromiseWithResolvers<Renewal>[] = [];
  const told: string[] = [];
  const lock: Pick<TurnLock, 'renew'> = {
    renew: () => {
      const answer = Promise.withResolvers<Renewal>();
      asked.push(answer);
      return answer.promise;
    },
  };
  const held = holdLease({ roomId: 'r', epoch: 1 }, clock.monotonic(), {
    lock: lock as TurnLock,
    clock,
    timing,
    checkpoint: () => undefined,
    onStopRequested: (turnId) => told.push(`stop ${turnId}`),
    onLost: () => told.push('lost'),
  });
  const answer = async (index: number, renewal: Renewal) => {
    asked[index]?.resolve(renewal);
    await new Promise(setImmediate);
  };
  return { clock, asked, told, held, answer };
}

test('[TL8] it renews on a beat, and the lease counts from when it asked', async () => {
  const { clock, asked, told, answer } = setUp();
  clock.advance(1_000);
  expect(asked).toHaveLength(1);
  clock.advance(3_000);
  // The answer took three seconds of the lease it grants.
  await answer(0, { held: true, stop: undefined });
  clock.advance(1_400);
  expect(told).toEqual([]);
  clock.advance(100);
  expect(told).toEqual(['lost']);
});

test('[TL8] it gives up before the lease ends when the database does not answer', async () => {
  const { clock, told } = setUp();
  clock.advance(4_499);
  expect(told).toEqual([]);
  clock.advance(1);
  expect(told).toEqual(['lost']);
});

test('[TL9] what is to be written down while it is being renewed is written down right after', async () => {
  const { asked, held, answer, clock } = setUp();
  held.beat();
  held.beat();
  held.beat();
  expect(asked).toHaveLength(1);
  await answer(0, { held: true, stop: undefined });
  expect(asked).toHaveLength(2);
  await answer(1, { held: true, stop: undefined });
  expect(asked).toHaveLength(2);
  held.letGo();
  expect(clock.pending).toBe(0);
});

test('leases that were taken one after the other are renewed together, none later than a beat', () => {
  const clock = createManualClock();
  const all = [0, 7, 51, 99].map((at) => {
    clock.advance(at - clock.monotonic());
    return setUp(clock);
  });
  const renewed = () => all.map(({ asked }) => asked.length);
  clock.advance(999 - clock.monotonic());
  expect(renewed()).toEqual([0, 0, 0, 0]);
  clock.advance(1);
  expect(renewed()).toEqual([1, 1, 1, 1]);
});

test('a renewal that failed is asked again at the next beat', async () => {
  const { clock, asked, told } = setUp();
  clock.advance(1_000);
  asked[0]?.reject(new Error('the database is busy'));
  await new Promise(setImmediate);
  clock.advance(1_000);
  expect(asked).toHaveLength(2);
  expect(told).toEqual([]);
});

test('it hears at once that the lease was taken, and is asked to stop', async () => {
  const { clock, told, answer } = setUp();
  clock.advance(1_000);
  await answer(0, { held: true, stop: 't1' });
  expect(told).toEqual(['stop t1']);
  clock.advance(1_000);
  await answer(1, { held: false });
  expect(told).toEqual(['stop t1', 'lost']);
  clock.advance(60_000);
  expect(told).toEqual(['stop t1', 'lost']);
});

test('let go, it neither renews nor is lost', () => {
  const { clock, asked, told, held } = setUp();
  held.letGo();
  clock.advance(60_000);
  expect([asked.length, told]).toEqual([0, []]);
});

test('a lease of any length is renewed six times over and given up a quarter before its end', () => {
  expect(defaultLeaseTiming).toEqual(timing);
  for (const duration of [1_000, 2_000, 60_000]) {
    const { beat, margin } = leaseTiming(duration);
    expect(beat * 6).toBeLessThanOrEqual(duration);
    expect(beat + margin).toBeLessThan(duration);
  }
});
