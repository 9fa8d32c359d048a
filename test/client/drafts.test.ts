import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reduceRoom } from '../../client/src/store/reduce-room.ts';
import { type Arrival, joiningRoom } from '../../client/src/store/room-view.ts';
import { unfinishedAt } from '../../client/src/store/selectors.ts';
import type { Token } from '../../src/protocol/server-events.ts';
import {
  arrivalsOf,
  asked,
  asLive,
  ended,
  eventsAfter,
  liveAt,
  logOf,
  opening,
  reduceAll,
  regenerating,
  replaced,
  replied,
  roomId,
  snapshotAt,
  started,
} from './room-log.ts';

const text = 'Zwölf Boxkämpfer 🥊 jagen Viktor quer über den großen Sylter Deich. '.repeat(6);
const running = logOf([...opening, ...asked('q', 't'), started('t')]);

function token(offset: number, length: number, gen = 0, of = text): Token {
  const piece = of.slice(offset, offset + length);
  return { roomId, turnId: 't', messageId: 'a', botId: 'kib', gen, offset, text: piece };
}
const arrives = (piece: Token): Arrival => ({ type: 'token', token: piece });
const draft = (length: number, gen = 0, of = text) => ({
  turnId: 't',
  messageId: 'a',
  botId: 'kib',
  gen,
  text: of.slice(0, length),
});
const live = () => liveAt(running, running.length);

describe('live text', () => {
  it('is whole and in order, whatever pieces are lost, repeated, overlapping or late, after asking again', () => {
    const piece = fc.record({ length: fc.integer({ min: 1, max: 40 }), fate: fc.nat(6), back: fc.nat(12) });
    fc.assert(
      fc.property(fc.infiniteStream(piece), (pieces) => {
        let room = live();
        let sent = 0;
        const late: Token[] = [];
        while (sent < text.length) {
          const { length, fate, back } = pieces.next().value ?? { length: 9, fate: 3, back: 0 };
          const next = token(sent, length);
          sent += next.text.length;
          if (fate === 0) continue;
          if (fate === 1) late.push(next);
          else room = asLive(reduceRoom(room, arrives(next)));
          if (fate === 2)
            room = asLive(reduceRoom(room, arrives(token(Math.max(0, sent - back - 5), back + 5))));
          if (fate === 4) room = asLive(reduceAll(room, late.splice(0).map(arrives)));
          const shown = room.drafts.get('a')?.text ?? '';
          expect(text.startsWith(shown)).toBe(true);
          if (room.behind && fate === 5) {
            const result = eventsAfter(running, running.length, [draft(Math.max(0, sent - back))]);
            room = asLive(reduceRoom(room, { type: 'joined', result }));
          }
        }
        const result = eventsAfter(running, running.length, [draft(text.length)]);
        room = asLive(reduceRoom(room, { type: 'joined', result }));
        expect(room.drafts.get('a')?.text).toBe(text);
        expect(room.behind).toBe(false);
        expect(room.heldTokens).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('that came before the answer to joining is put onto the draft in it', () => {
    const early = reduceAll(joiningRoom(roomId), [arrives(token(10, 10)), arrives(token(20, 10))]);
    const result = snapshotAt(running, running.length, [draft(15)]);
    const room = asLive(reduceRoom(early, { type: 'joined', result }));
    expect(room.drafts.get('a')?.text).toBe(text.slice(0, 30));
    expect(room.behind).toBe(false);
  });

  it('starts over with a higher generation and ignores a lower one', () => {
    const other = 'Another model took over.';
    const room = asLive(
      reduceAll(live(), [arrives(token(0, 20)), arrives(token(0, 7, 1, other)), arrives(token(20, 5))]),
    );
    expect(room.drafts.get('a')).toMatchObject({ gen: 1, text: 'Another' });
    expect(room.behind).toBe(false);
  });

  it('of a new generation whose beginning was missed is asked for again', () => {
    const other = 'Another model took over.';
    const room = asLive(reduceAll(live(), [arrives(token(0, 20)), arrives(token(8, 5, 1, other))]));
    expect(room.behind).toBe(true);
    expect(room.drafts.get('a')?.text).toBe(text.slice(0, 20));
    const result = eventsAfter(running, running.length, [draft(8, 1, other)]);
    const healed = asLive(reduceRoom(room, { type: 'joined', result }));
    expect(healed.drafts.get('a')).toMatchObject({ gen: 1, text: 'Another model' });
    expect(healed.behind).toBe(false);
  });

  it('does not fall back when an answer tells less than is known', () => {
    const room = asLive(reduceRoom(live(), arrives(token(0, 40))));
    const result = eventsAfter(running, running.length, [draft(12)]);
    const after = asLive(reduceRoom(room, { type: 'joined', result }));
    expect(after.drafts.get('a')?.text).toBe(text.slice(0, 40));
  });

  it('gives way to the finished message, and late pieces do not bring it back', () => {
    const log = logOf([...opening, ...asked('q', 't'), started('t'), ...replied('a', 't', 'q', text)]);
    const room = asLive(
      reduceAll(live(), [
        arrives(token(0, 30)),
        ...arrivalsOf(log.slice(running.length)),
        arrives(token(0, 30)),
        arrives(token(40, 10)),
      ]),
    );
    expect(room.drafts.size).toBe(0);
    expect(room.behind).toBe(false);
    expect(room.timeline.at(-1)?.text).toBe(text);
  });

  it('goes when its turn ends without a message', () => {
    const log = logOf([...opening, ...asked('q', 't'), started('t'), ended('t', 'stopped')]);
    const room = asLive(
      reduceAll(live(), [
        arrives(token(0, 30)),
        arrives(token(50, 5)),
        ...arrivalsOf(log.slice(running.length)),
      ]),
    );
    expect(room.drafts.size).toBe(0);
    expect(room.heldTokens).toEqual([]);
  });

  it('of a turn that ended while the tab was away is not kept', () => {
    const room = asLive(reduceRoom(live(), arrives(token(0, 30))));
    const log = logOf([...opening, ...asked('q', 't'), started('t'), ...replied('a', 't', 'q', text)]);
    const caught = asLive(reduceRoom(room, { type: 'joined', result: eventsAfter(log, running.length) }));
    expect(caught.drafts.size).toBe(0);
    const jumped = asLive(reduceRoom(room, { type: 'joined', result: snapshotAt(log, log.length) }));
    expect(jumped.drafts.size).toBe(0);
  });

  it('keeps no offsets over many regenerations on one open page', () => {
    let events = [...opening, ...asked('q', 't0'), started('t0'), ...replied('a0', 't0', 'q', 'first')];
    let room = liveAt(logOf(events), events.length);
    for (let round = 1; round <= 60; round += 1) {
      const [turnId, old, now] = [`t${round}`, `a${round - 1}`, `a${round}`];
      const before = events.length;
      events = [...events, regenerating(old, turnId), started(turnId)];
      room = asLive(reduceAll(room, arrivalsOf(logOf(events).slice(before))));
      const said = `version ${round} `.repeat(round % 5 || 1);
      for (let offset = 0; offset < said.length; offset += 7) {
        const piece = {
          roomId,
          turnId,
          messageId: now,
          botId: 'kib',
          gen: 0,
          offset,
          text: said.slice(offset, offset + 7),
        };
        room = asLive(reduceRoom(room, arrives(piece)));
      }
      expect(room.drafts.get(now)?.text).toBe(said);
      expect(room.behind).toBe(false);
      const middle = events.length;
      events = [...events, ...replaced(old, now, turnId, said)];
      room = asLive(reduceAll(room, arrivalsOf(logOf(events).slice(middle))));
      expect(room.drafts.size).toBe(0);
    }
    expect(room.timeline).toHaveLength(2);
    expect(room.timeline[1]).toMatchObject({ messageId: 'a60', seq: 7 });
  });
});

describe('what is said of turns without a whole reply', () => {
  it('stand at the question when nothing was said, and go when it is asked anew', () => {
    const log = logOf([
      ...opening,
      ...asked('q', 't'),
      started('t'),
      ended('t', 'failed', 'The model did not answer.'),
    ]);
    const room = asLive(reduceAll(live(), arrivalsOf(log.slice(running.length))));
    expect(unfinishedAt(room, 'q')).toMatchObject({ outcome: 'failed', error: 'The model did not answer.' });
  });

  it('stand at the partial reply when some was said, until it is written anew', () => {
    const [posted] = replied('a', 't', 'q', 'half');
    if (posted === undefined) throw new Error('no reply');
    const base = [...opening, ...asked('q', 't'), started('t'), posted, ended('t', 'interrupted')];
    const room = asLive(reduceAll(live(), arrivalsOf(logOf(base).slice(running.length))));
    expect(unfinishedAt(room, 'a')?.outcome).toBe('interrupted');
    const again = logOf([...base, regenerating('a', 't2')]).slice(base.length);
    expect(asLive(reduceAll(room, arrivalsOf(again))).state.unfinished).toEqual([]);
  });
});
