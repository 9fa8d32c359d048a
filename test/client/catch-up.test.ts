import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reduceRoom } from '../../client/src/store/reduce-room.ts';
import { joiningRoom } from '../../client/src/store/room-view.ts';
import type { NewEvent } from '../../src/domain/event.ts';
import {
  arrivalsOf,
  asked,
  asLive,
  edited,
  eventsAfter,
  liveAt,
  logOf,
  opening,
  reduceAll,
  regenerating,
  removed,
  replaced,
  replied,
  roomId,
  snapshotAt,
  started,
  stateAt,
} from './room-log.ts';

/** A room's life of `rounds` questions, each answered, some edited, removed or answered anew. */
function life(rounds: readonly number[]): NewEvent[] {
  const turns = rounds.flatMap((what, round) => {
    const [q, a, t] = [`q${round}`, `a${round}`, `t${round}`];
    const base = [...asked(q, t), started(t), ...replied(a, t, q, `answer ${round}`)];
    if (what === 1) return [...base, edited(q, `changed ${round}`)];
    if (what === 2) return [...base, removed(a)];
    if (what === 3) {
      return [...base, regenerating(a, `${t}b`), started(`${t}b`), ...replaced(a, `${a}b`, `${t}b`, 'anew')];
    }
    return base;
  });
  return [...opening, ...turns];
}

const rounds = fc.array(fc.nat(3), { minLength: 1, maxLength: 12 });

describe('a tab that shows a room', () => {
  it('folds the same as the server, whatever is lost, repeated or out of order, once it has synced', () => {
    fc.assert(
      fc.property(rounds, fc.nat(), fc.infiniteStream(fc.nat(9)), (kinds, from, chaos) => {
        const log = logOf(life(kinds));
        const head = 3 + (from % (log.length - 2));
        let room = liveAt(log, head);
        const late: typeof log = [];
        for (const event of log.slice(Math.max(0, head - 3))) {
          const fate = chaos.next().value ?? 0;
          if (fate === 0) continue;
          if (fate === 1) late.push(event);
          else room = asLive(reduceAll(room, arrivalsOf(fate === 2 ? [event, event] : [event])));
          if (fate === 3) room = asLive(reduceAll(room, arrivalsOf(late.splice(0).reverse())));
        }
        room = asLive(reduceAll(room, arrivalsOf(late)));
        room = asLive(reduceRoom(room, { type: 'head', head: { seq: log.length, epoch: 'e1' } }));
        expect(room.behind).toBe(room.state.seq < log.length);
        if (room.behind) {
          room = asLive(reduceRoom(room, { type: 'joined', result: eventsAfter(log, room.state.seq) }));
        }
        expect(room.behind).toBe(false);
        expect(room.held.size).toBe(0);
        expect(room.state).toEqual(stateAt(log));
        expect(room.timeline).toEqual(stateAt(log).messages);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps what arrives before the answer to its joining', () => {
    const log = logOf(life([0, 3]));
    const early = reduceAll(joiningRoom(roomId), arrivalsOf(log.slice(5)));
    const room = asLive(reduceRoom(early, { type: 'joined', result: snapshotAt(log, 7) }));
    expect(room.state).toEqual(stateAt(log));
    expect(room.behind).toBe(false);
  });

  it('holds an event that came too early and says that it is behind', () => {
    const log = logOf(life([0]));
    const room = asLive(reduceAll(liveAt(log, 3), arrivalsOf(log.slice(4))));
    expect(room.state.seq).toBe(3);
    expect(room.behind).toBe(true);
    const whole = asLive(reduceRoom(room, { type: 'joined', result: eventsAfter(log, 3) }));
    expect(whole.state).toEqual(stateAt(log));
  });

  it('starts from the snapshot when the history is another one', () => {
    const log = logOf(life([0, 0, 0]));
    const other = logOf(life([1]));
    const room = asLive(reduceRoom(liveAt(log, log.length), { type: 'head', head: { seq: 2, epoch: 'e2' } }));
    expect(room.behind).toBe(true);
    const result = { ...snapshotAt(other, other.length), epoch: 'e2' };
    const healed = asLive(reduceRoom(room, { type: 'joined', result }));
    expect(healed.state).toEqual(stateAt(other));
    expect(healed.timeline).toEqual(stateAt(other).messages);
    expect(healed.behind).toBe(false);
  });

  it('leaves a snapshot aside that is older than what it has seen', () => {
    const log = logOf(life([0, 0]));
    const room = asLive(reduceRoom(liveAt(log, log.length), { type: 'joined', result: snapshotAt(log, 5) }));
    expect(room.state).toEqual(stateAt(log));
  });

  it('goes on past a kind of event it does not know', () => {
    const log = logOf(life([0]));
    const future = {
      roomId,
      seq: log.length + 1,
      kind: 'poll.opened',
      at: '',
      actor: { type: 'system' as const, id: 'x' },
      data: {},
    };
    const room = asLive(reduceRoom(liveAt(log, log.length), { type: 'event', event: future }));
    expect(room.state.seq).toBe(log.length + 1);
  });
});

describe('older pages', () => {
  const log = logOf(life(Array.from({ length: 90 }, () => 0)));
  const everything = log
    .filter((event) => event.kind === 'message.posted')
    .flatMap((event) => stateAt(log, event.seq).messages.slice(-1));

  it('go before what is shown', () => {
    const room = liveAt(log, log.length);
    const first = room.timeline[0]?.seq ?? 0;
    const page = everything.filter((message) => message.seq < first).slice(-50);
    const asking = reduceRoom(room, { type: 'history.asked' });
    const result = { messages: page, more: true };
    const more = asLive(reduceRoom(asking, { type: 'history', result }));
    expect(more.timeline).toEqual(everything.slice(-150));
    expect(more.prepended).toBe(50);
    expect(more.older).toBe('maybe');
    const again = asLive(reduceRoom(more, { type: 'history', result: { ...result, more: false } }));
    expect(again.timeline).toEqual(more.timeline);
    expect(again.older).toBe('none');
  });

  it('get the changes that overtook them, and each change once', () => {
    const room = reduceRoom(liveAt(log, log.length), { type: 'history.asked' });
    const change = logOf([...life(Array.from({ length: 90 }, () => 0)), edited('q1', 'changed')]).at(-1);
    if (change === undefined) throw new Error('no change');
    const page = everything.slice(0, 80);
    const before = reduceAll(room, [
      { type: 'event', event: change },
      { type: 'history', result: { messages: page, more: false } },
    ]);
    const q1 = asLive(before).timeline.find((message) => message.messageId === 'q1');
    expect(q1).toMatchObject({ text: 'changed', edited: true });
    expect(q1?.versions).toHaveLength(1);

    const known = page.map((message) => (message.messageId === 'q1' && q1 !== undefined ? q1 : message));
    const after = reduceAll(room, [
      { type: 'history', result: { messages: known, more: false } },
      { type: 'event', event: change },
    ]);
    expect(asLive(after).timeline).toEqual(asLive(before).timeline);
  });
});
