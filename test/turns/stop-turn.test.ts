import { expect, test } from 'vitest';
import type { EventLog } from '../../src/eventlog/event-log.ts';
import type { TurnLock } from '../../src/eventlog/turn-lock.ts';
import { createStopTurn } from '../../src/turns/stop-turn.ts';
import { createManualClock } from '../support/manual-clock.ts';

test('[TN4] a stop that was sent twice at once is answered alike, whichever found the turn waiting or running', async () => {
  const ended = { kind: 'turn.ended', turnId: 't1', seq: 14 };
  const first = { turnId: 't1', running: false, seq: 14 };
  const decisions: object[] = [first, { turnId: 't1', running: true }];
  const eventLog = {
    handle: async () => decisions.shift(),
    complete: async () => first,
    subscribe: (hear: (roomId: string, events: object[]) => void) => {
      queueMicrotask(() => hear('r1', [ended]));
      return () => {};
    },
  } as unknown as EventLog;
  const lock = { requestStop: async () => {} } as unknown as TurnLock;
  const stopTurn = createStopTurn({
    eventLog,
    lock,
    runner: { stop: () => false },
    others: { wake: () => {}, stop: () => {} },
    clock: createManualClock(),
  });
  const command = { name: 'turn.stop' as const, args: { turnId: 't1' } };
  const request = { roomId: 'r1', actor: { type: 'user' as const, id: 'u1' }, command };
  const answers = [await stopTurn(request, 't1'), await stopTurn(request, 't1')];
  expect(answers).toEqual([
    { turnId: 't1', seq: 14 },
    { turnId: 't1', seq: 14 },
  ]);
});
