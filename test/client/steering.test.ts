import { describe, expect, it } from 'vitest';
import { forkTitle } from '../../client/src/store/fork-title.ts';
import { leavingWith, messagesAfter } from '../../client/src/store/leaving.ts';
import { outboxAfter } from '../../client/src/store/outbox.ts';
import { reduceRoom } from '../../client/src/store/reduce-room.ts';
import type { Arrival } from '../../client/src/store/room-view.ts';
import { noticeOf } from '../../client/src/store/selectors.ts';
import { speakingAtEnd } from '../../client/src/store/speaking.ts';
import { timelineItems } from '../../client/src/store/timeline-items.ts';
import { versionsInOrder } from '../../client/src/store/versions.ts';
import { whyWords } from '../../client/src/store/why.ts';
import type { NewEvent } from '../../src/domain/event.ts';
import type { TimelineMessage } from '../../src/domain/room-state.ts';
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

const bob = { type: 'bot' as const, id: 'bob', name: 'Bob' };

/** A reply that its turn goes on after, to hear who puts in a word. */
function said(messageId: string, turnId: string, cause: string): NewEvent[] {
  return replied(messageId, turnId, cause, 'the reply').slice(0, 1);
}

function interjected(messageId: string, turnId: string, on: string, seq?: number): NewEvent {
  const place = seq === undefined ? {} : { place: { seq } };
  const data = { messageId, author: bob, text: 'a word', interjectionOf: on, version: 1, ...place };
  return { kind: 'message.posted', actor: { type: 'bot', id: 'bob' }, turnId, cause: 'q', data };
}

function token(messageId: string, botId: string, offset: number, text: string, turnId = 't'): Arrival {
  return { type: 'token', token: { roomId, turnId, messageId, botId, gen: 0, offset, text } };
}

const roomOf = (events: readonly NewEvent[]) => liveAt(logOf(events), events.length);
const answered = [...opening, ...asked('q', 't'), started('t'), ...said('a', 't', 'q')];

describe('a turn that says several things', () => {
  it('shows its bot at the end until that has spoken, then whoever puts in a word, while they do', () => {
    const before = roomOf([...opening, ...asked('q', 't'), started('t')]);
    expect(speakingAtEnd(before)).toEqual({ turnId: 't', botId: 'kib' });
    const after = roomOf(answered);
    expect(speakingAtEnd(after)).toBeUndefined();
    const writing = asLive(reduceRoom(after, token('i', 'bob', 0, 'Well')));
    expect(speakingAtEnd(writing)).toEqual({ turnId: 't', botId: 'bob', on: 'a' });
    const whole = roomOf([...answered, interjected('i', 't', 'a'), ended('t', 'completed')]);
    expect(speakingAtEnd(whole)).toBeUndefined();
  });

  it('is shown in its place while it writes a reply anew, and at the end when others put in a word on that', () => {
    const events = [...answered, ended('t', 'completed'), regenerating('a', 't2'), started('t2')];
    const rewriting = asLive(reduceRoom(roomOf(events), token('b', 'kib', 0, 'New', 't2')));
    expect(speakingAtEnd(rewriting)).toBeUndefined();
    const [swap] = replaced('a', 'b', 't2', 'New words');
    if (swap === undefined) throw new Error('no event');
    const stood = roomOf([...events, swap]);
    const writing = asLive(reduceRoom(stood, token('i', 'bob', 0, 'Well', 't2')));
    expect(speakingAtEnd(writing)).toEqual({ turnId: 't2', botId: 'bob', on: 'b' });
  });

  it('leaves no draft of what stands already, whatever comes late of it', () => {
    const log = logOf(answered);
    const running = liveAt(log, log.length - 1);
    const held = asLive(reduceAll(running, [token('a', 'kib', 0, 'the'), token('a', 'kib', 6, 'ply')]));
    expect(held.behind).toBe(true);
    const stood = asLive(reduceAll(held, arrivalsOf(log.slice(-1))));
    expect(stood.heldTokens).toEqual([]);
    expect(stood.behind).toBe(false);
    const late = asLive(reduceRoom(stood, token('a', 'kib', 0, 'the')));
    expect(late.drafts.size).toBe(0);
    const draft = { turnId: 't', messageId: 'a', botId: 'kib', gen: 0, text: 'the re' };
    const told = eventsAfter(log, log.length, [draft]);
    expect(asLive(reduceRoom(stood, { type: 'joined', result: told })).drafts.size).toBe(0);
    const fresh = snapshotAt(log, log.length, [draft]);
    expect(asLive(reduceRoom(held, { type: 'joined', result: fresh })).drafts.size).toBe(0);
  });

  it('says nothing of a stop that came when the reply was whole', () => {
    const room = roomOf([...answered, ended('t', 'stopped')]);
    const [, reply] = room.timeline;
    expect(room.state.unfinished).toHaveLength(1);
    expect(reply && noticeOf(room, reply)).toBeUndefined();
  });
});

describe('what comes back or comes late', () => {
  const late = [...answered, ...asked('q2', 't2'), interjected('i', 't', 'a', 7)];

  it('stands beside what it is about, in rows of their own', () => {
    const room = roomOf(late);
    expect(room.timeline.map((message) => message.messageId)).toEqual(['q', 'a', 'i', 'q2']);
    const keys = timelineItems(room.timeline, [], [], undefined).map((row) => row.key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is found in an older page also where it shares its place with the first message shown', () => {
    const whole = roomOf(late);
    const [q, a, ...shown] = whole.timeline;
    if (q === undefined || a === undefined) throw new Error('no messages');
    const cut = { ...whole, timeline: shown, older: 'loading' as const };
    const result = { messages: [q, a, ...shown.slice(0, 1)], more: false };
    const paged = asLive(reduceRoom(cut, { type: 'history', result }));
    expect(paged.timeline).toEqual(whole.timeline);
    expect(paged.prepended).toBe(2);
  });

  it('before what has been read waits for the page that has it', () => {
    const whole = roomOf(late);
    const cut = { ...whole, timeline: whole.timeline.slice(-1), older: 'loading' as const };
    const back = interjected('j', 't', 'a', 7);
    const next = logOf([...late, back]).slice(-1);
    const after = asLive(reduceAll(cut, arrivalsOf(next)));
    expect(after.timeline).toHaveLength(1);
    const [q, a, i] = whole.timeline;
    if (q === undefined || a === undefined || i === undefined) throw new Error('no messages');
    const answer = asLive(
      reduceRoom(after, { type: 'history', result: { messages: [q, a, i], more: false } }),
    );
    expect(answer.timeline.map((message) => message.messageId)).toEqual(['q', 'a', 'i', 'j', 'q2']);
  });

  it('is not taken for the message that is on its way', () => {
    const place = { seq: 4 };
    const author = { type: 'user' as const, id: 'ann', name: 'Ann' };
    const data = { messageId: 'q', author, text: 'yes', place };
    const [event] = logOf([{ kind: 'message.posted', actor: { type: 'user', id: 'ben' }, data }]);
    if (event === undefined) throw new Error('no event');
    const outbox = [{ commandId: '1', roomId, text: 'yes', writtenAt: '', status: 'sending' as const }];
    expect(outboxAfter(outbox, event, 'ann')).toBe(outbox);
  });
});

describe('rows', () => {
  const base = { author: bob, text: '', edited: false, versions: [] };
  const at = (messageId: string, seq: number, day: number, more: Partial<TimelineMessage> = {}) => ({
    ...base,
    messageId,
    seq,
    at: new Date(2026, 0, day, 12).toISOString(),
    ...more,
  });

  it('name a day once, whatever was rewritten or put in on a later one', () => {
    const old = { messageId: 'b0', text: '', at: new Date(2026, 0, 1, 12).toISOString() };
    const timeline = [
      at('a', 1, 1),
      at('b', 2, 3, { versions: [old] }),
      at('i', 2, 3, { interjectionOf: 'b' }),
      at('c', 3, 1),
      at('d', 4, 2),
    ];
    const rows = timelineItems(timeline, [], [], undefined);
    const days = rows.flatMap((row) =>
      row.kind === 'message' && row.day !== undefined ? [row.message] : [],
    );
    expect(days.map((message) => message.messageId)).toEqual(['a', 'd']);
  });

  it('quote what a word was put in on only where that is not right above', () => {
    const timeline = [
      at('a', 1, 1),
      at('i', 2, 1, { interjectionOf: 'a' }),
      at('j', 3, 1, { interjectionOf: 'a' }),
    ];
    const quotes = timelineItems(timeline, [], [], undefined).map((row) =>
      row.kind === 'message' ? row.quote : 'no message',
    );
    expect(quotes).toEqual([undefined, undefined, 'a']);
  });

  it('number what waits, those that wait to be written anew among them', () => {
    const queued = { by: 'ann', queuedAt: '', status: 'queued' as const };
    const turns = [
      { ...queued, turnId: '1', trigger: { messageId: 'q' } },
      { ...queued, turnId: '2', trigger: { regenerate: 'a' } },
      { ...queued, turnId: '3', trigger: { messageId: 'r' } },
    ];
    const positions = timelineItems([], turns, [], undefined).map((row) =>
      row.kind === 'queued' ? row.position : 0,
    );
    expect(positions).toEqual([1, 3]);
  });
});

describe('versions', () => {
  it('keep their order, whichever of them stands', () => {
    const version = (messageId: string, second: number) => ({
      messageId,
      text: messageId,
      at: `2026-01-01T00:00:0${second}.000Z`,
    });
    const order = (stands: number, others: number[]) =>
      versionsInOrder({
        ...version(`v${stands}`, stands),
        author: bob,
        seq: 1,
        edited: false,
        versions: others.map((other) => version(`v${other}`, other)),
      }).map(({ messageId }) => messageId);
    expect(order(3, [1, 2])).toEqual(['v1', 'v2', 'v3']);
    expect(order(1, [2, 3])).toEqual(['v1', 'v2', 'v3']);
    expect(order(2, [1, 3])).toEqual(['v1', 'v2', 'v3']);
  });
});

describe('what leaves', () => {
  const room = roomOf([
    ...answered,
    interjected('i', 't', 'a'),
    ended('t', 'completed'),
    ...asked('q2', 't2'),
  ]);
  const at = (index: number) => {
    const message = room.timeline[index];
    if (message === undefined) throw new Error('no message');
    return message;
  };

  it('with a question are its reply and the words put in on that; with a reply those words; with those nothing', () => {
    const leaving = (index: number) => {
      const { replies, interjections } = leavingWith(room.state, room.timeline, at(index));
      return [replies, interjections];
    };
    expect([0, 1, 2, 3].map(leaving)).toEqual([
      [1, 1],
      [0, 1],
      [0, 0],
      [0, 0],
    ]);
  });

  it('with a rewind is all that stands after', () => {
    const after = (messageId: string) => messagesAfter(room.timeline, messageId).length;
    expect(['q', 'i', 'q2', 'gone'].map(after)).toEqual([3, 1, 0, 0]);
  });
});

describe('why a bot answered', () => {
  it('is a sentence, with who judged it and how sure', () => {
    const why = {
      botId: 'kib',
      by: 'mention' as const,
      confidence: 'high' as const,
      reason: 'it mentions Kib',
    };
    expect(whyWords(why)).toBe('It mentions Kib.');
    expect(whyWords({ ...why, by: 'classifier', confidence: 'medium', reason: 'about printers!' })).toBe(
      'About printers! A model judged that from the words alone. This is likely, not certain.',
    );
    expect(whyWords({ ...why, by: 'fallback', confidence: 'low', reason: '' })).toBe('This is a guess.');
  });
});

describe('the title of a fork', () => {
  it('says of what, once, within the limit', () => {
    expect(forkTitle('Printers')).toBe('Fork of Printers');
    expect(forkTitle('Fork of Printers')).toBe('Fork of Printers');
    const long = forkTitle('🦊'.repeat(100));
    expect(long.length).toBeLessThanOrEqual(200);
    expect(long.isWellFormed()).toBe(true);
  });
});
