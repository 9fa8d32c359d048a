import { describe, expect, it } from 'vitest';
import type { Answer, Call, CallName, CallResult } from '../../client/src/live/call.ts';
import { createRoomLink } from '../../client/src/live/room-link.ts';
import { reduceRoom } from '../../client/src/store/reduce-room.ts';
import { joiningRoom, type RoomView } from '../../client/src/store/room-view.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { asked, eventsAfter, logOf, opening, roleChanged, roomId, snapshotAt, stateAt } from './room-log.ts';

const log = logOf([...opening, ...asked('q1', 't1'), ...asked('q2', 't2')]);

type Asked = { name: CallName; args: { after?: number } };

/** A clock whose timers run when told to. */
function manualClock() {
  const timers = new Set<() => void>();
  const clock: Clock = {
    now: () => new Date(0),
    monotonic: () => 0,
    after: (_ms, action) => {
      timers.add(action);
      return () => timers.delete(action);
    },
  };
  const run = () => {
    const due = [...timers];
    timers.clear();
    for (const action of due) action();
  };
  return { clock, run, waiting: () => timers.size };
}

function setUp(answers: unknown[], events = log) {
  const calls: Asked[] = [];
  let room: RoomView = joiningRoom(roomId);
  const time = manualClock();
  const call: Call = async <K extends CallName>(name: K, args: unknown): Promise<Answer<CallResult<K>>> => {
    calls.push({ name, args: args as Asked['args'] });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return (answer ?? { ok: 'lost' }) as Answer<CallResult<K>>;
  };
  const link = createRoomLink({
    roomId,
    call,
    clock: time.clock,
    random: () => 0,
    room: () => room,
    deliver: (arrival) => {
      room = reduceRoom(room, arrival);
    },
    onLive: () => undefined,
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    link,
    calls,
    time,
    settle,
    room: () => room,
    arrive: (seq: number) => {
      const event = events[seq - 1];
      if (event !== undefined) room = reduceRoom(room, { type: 'event', event });
      link.check();
    },
  };
}

const ok = <T extends object>(result: T) => ({ ok: true, ...result });

describe('the link of a room', () => {
  it('joins, notices a gap, and asks for what is missing once', async () => {
    const { link, calls, time, settle, room, arrive } = setUp([
      ok(snapshotAt(log, 3)),
      ok(eventsAfter(log, 3)),
    ]);
    link.connected();
    await settle();
    expect(room()).toMatchObject({ status: 'live', state: { seq: 3 } });
    arrive(6);
    arrive(7);
    expect(time.waiting()).toBe(1);
    time.run();
    await settle();
    expect(calls.map((call) => call.name)).toEqual(['room.join', 'room.sync']);
    expect(calls[1]?.args.after).toBe(3);
    expect(room()).toMatchObject({ behind: false, state: stateAt(log) });
  });

  it('does not ask when the gap closes by itself in the meantime', async () => {
    const { link, calls, time, settle, arrive } = setUp([ok(snapshotAt(log, 3))]);
    link.connected();
    await settle();
    arrive(5);
    arrive(4);
    time.run();
    await settle();
    expect(calls.map((call) => call.name)).toEqual(['room.join']);
  });

  it('joins anew after each connection, from where it stands', async () => {
    const { link, calls, settle } = setUp([ok(snapshotAt(log, 3)), ok(eventsAfter(log, 3))]);
    link.connected();
    await settle();
    link.connected();
    await settle();
    expect(calls.map((call) => call.name)).toEqual(['room.join', 'room.join']);
    expect(calls[1]?.args.after).toBe(3);
  });

  it('tries again, later and later, when no answer comes', async () => {
    const { link, calls, time, settle, room } = setUp([
      { ok: 'lost' },
      { ok: 'lost' },
      ok(snapshotAt(log, 7)),
    ]);
    link.connected();
    await settle();
    time.run();
    await settle();
    time.run();
    await settle();
    expect(calls).toHaveLength(3);
    expect(room().status).toBe('live');
  });

  it('takes the room anew, and not from where it stands, when its eyes were opened or closed', async () => {
    const watching = logOf([...opening, roleChanged('spectator'), ...asked('q1', 't1')]);
    const { link, calls, time, settle, room, arrive } = setUp(
      [ok(snapshotAt(watching, 3)), ok(snapshotAt(watching, 3)), ok(snapshotAt(watching, 5))],
      watching,
    );
    link.connected();
    await settle();
    arrive(4);
    arrive(5);
    time.run();
    await settle();
    // The first answer is older than what has come meanwhile, and says nothing.
    expect(room()).toMatchObject({ outdated: true, state: { seq: 5 } });
    time.run();
    await settle();
    expect(calls.map((call) => call.name)).toEqual(['room.join', 'room.join', 'room.join']);
    expect(calls.map((call) => call.args.after)).toEqual([undefined, undefined, undefined]);
    expect(room()).toMatchObject({ outdated: false, state: stateAt(watching, 5) });
    arrive(6);
    expect(time.waiting()).toBe(0);
  });

  it('ends where the room is not for this person', async () => {
    const refusal = { ok: false, error: { code: 'not_found', message: 'There is no such room.' } };
    const { link, room, settle } = setUp([refusal]);
    link.connected();
    await settle();
    expect(room()).toMatchObject({ status: 'over', why: { reason: 'not_found' } });
  });

  it('says so when the answer is nothing this page understands', async () => {
    const { link, room, settle } = setUp([new Error('odd')]);
    link.connected();
    await settle();
    expect(room()).toMatchObject({ status: 'over', why: { reason: 'unreadable' } });
  });
});
