import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noDraftStore } from '../../src/gateway/draft-store.ts';
import { createLiveReplies } from '../../src/gateway/live-replies.ts';
import type { Token } from '../../src/protocol/server-events.ts';
import { createManualClock } from '../support/manual-clock.ts';

const reply = { roomId: 'room', turnId: 'turn', messageId: 'message', botId: 'bot' };

function setUp(tabs = 1) {
  const clock = createManualClock();
  const tokens: Token[] = [];
  const outlet = {
    token: (token: Token) => tokens.push(token),
    store: noDraftStore,
    sources: () => {},
    stage: () => {},
    tabsIn: () => tabs,
  };
  const replies = createLiveReplies(outlet, clock);
  return { clock, tokens, replies, live: replies.live, texts: () => tokens.map(({ text }) => text) };
}

test('[LT3] the first text goes out at once, what follows is gathered into frames', () => {
  const { clock, live, tokens, texts } = setUp();
  live.begin(reply);
  live.add('turn', 'Once');
  expect(tokens).toEqual([{ ...reply, gen: 0, offset: 0, text: 'Once' }]);
  live.add('turn', ' upon');
  live.add('turn', ' a');
  clock.advance(32);
  expect(texts()).toEqual(['Once']);
  clock.advance(1);
  expect(tokens.at(-1)).toEqual({ ...reply, gen: 0, offset: 4, text: ' upon a' });
  live.add('turn', ' time');
  clock.advance(33);
  expect(texts()).toEqual(['Once', ' upon a', ' time']);
  // After a pause in which nothing came there is nothing to wait for.
  clock.advance(100);
  live.add('turn', '.');
  expect(texts().at(-1)).toBe('.');
});

test('[LT3] the tabs of all rooms that are written to count, not only those of the reply’s own', () => {
  const { clock, live, texts } = setUp(2_500);
  live.begin({ ...reply, roomId: 'other', turnId: 'other' });
  live.begin(reply);
  live.add('turn', 'a');
  live.add('turn', 'b');
  clock.advance(99);
  expect(texts()).toEqual(['a']);
  clock.advance(1);
  expect(texts()).toEqual(['a', 'b']);
});

test('[LT3] the more tabs, the longer the pause', () => {
  const { clock, live, texts } = setUp(5_000);
  live.begin(reply);
  live.add('turn', 'a');
  live.add('turn', 'b');
  clock.advance(99);
  expect(texts()).toEqual(['a']);
  clock.advance(1);
  expect(texts()).toEqual(['a', 'b']);
});

test('[LT3] what waits goes out before an event of the turn, and never after its end', () => {
  const { clock, live, replies, texts } = setUp();
  live.begin(reply);
  live.add('turn', 'a');
  live.add('turn', 'b');
  replies.flush('turn');
  expect(texts()).toEqual(['a', 'b']);
  live.add('turn', 'c');
  replies.flush('another turn');
  expect(texts()).toEqual(['a', 'b']);
  // Whatever of it belongs to the log has gone out before the turn's last event.
  live.end('turn');
  expect(texts()).toEqual(['a', 'b']);
  expect(replies.draftsOf('room')).toEqual([]);
  // Nothing is left behind: no timer, no reply that could go on.
  expect(clock.pending).toBe(0);
  live.add('turn', 'late');
  live.restart('turn');
  live.end('turn');
  replies.flush('turn');
  clock.advance(1_000);
  expect(texts()).toEqual(['a', 'b']);
});

test('[TL9] what is kept of a reply goes with its end, and stays where another process took the turn', () => {
  const dropped: string[] = [];
  const outlet = {
    ...{ token() {}, sources() {}, stage() {}, tabsIn: () => 1 },
    store: { ...noDraftStore, drop: (turnId: string) => dropped.push(turnId) },
  };
  const clock = createManualClock();
  const replies = createLiveReplies(outlet, clock);
  for (const turnId of ['ended', 'left']) {
    replies.live.begin({ ...reply, turnId });
    replies.live.add(turnId, 'a');
    replies.live.add(turnId, 'b');
  }
  replies.live.end('ended');
  replies.live.leave('left');
  expect(dropped).toEqual(['ended']);
  expect(replies.draftsOf('room')).toEqual([]);
  expect(clock.pending).toBe(0);
  // Nothing is known of it any more, whatever comes.
  replies.live.end('left');
  expect(dropped).toEqual(['ended']);
});

test('[LT4] when another model takes over, gen rises and the text starts at 0', () => {
  const { live, replies, tokens } = setUp();
  live.begin(reply);
  live.add('turn', 'lost');
  live.add('turn', ' words');
  live.restart('turn');
  expect(tokens.at(-1)).toEqual({ ...reply, gen: 1, offset: 0, text: '' });
  expect(replies.draftsOf('room')).toMatchObject([{ gen: 1, text: '' }]);
  live.add('turn', 'found');
  replies.flush('turn');
  expect(tokens.slice(2)).toEqual([{ ...reply, gen: 1, offset: 0, text: 'found' }]);
});

test('[LT2] drafts are what was sent, of the room alone', () => {
  const { live, replies } = setUp();
  live.begin(reply);
  live.begin({ ...reply, roomId: 'other', turnId: 'other' });
  live.add('turn', 'a');
  live.add('turn', 'b');
  live.add('other', 'x');
  const { roomId: _, ...named } = reply;
  expect(replies.draftsOf('room')).toEqual([{ ...named, gen: 0, text: 'a' }]);
  replies.flush('turn');
  expect(replies.draftsOf('room')).toEqual([{ ...named, gen: 0, text: 'ab' }]);
  expect(replies.draftsOf('nowhere')).toEqual([]);
});

test('[LT1] [LT2] [LT4] however it comes, offsets are contiguous and make up the text of each gen', () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }).map((text) => ({ add: text })) },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 80 }).map((ms) => ({ advance: ms })) },
    fc.constant({ flush: true }),
    fc.constant({ restart: true }),
    fc.constant({ join: true }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 5_000 }), (steps, tabs) => {
      const { clock, live, replies, tokens } = setUp(tabs);
      const written = [''];
      const late: { gen: number; text: string; from: number }[] = [];
      live.begin(reply);
      for (const step of steps) {
        if ('add' in step) {
          live.add('turn', step.add);
          written.push(written.pop() + step.add);
        } else if ('advance' in step) clock.advance(step.advance);
        else if ('flush' in step) replies.flush('turn');
        else if ('restart' in step) {
          live.restart('turn');
          written.push('');
        } else {
          const [draft] = replies.draftsOf('room');
          if (draft) late.push({ gen: draft.gen, text: draft.text, from: tokens.length });
        }
      }
      replies.flush('turn');
      live.end('turn');
      expect(clock.pending).toBe(0);
      expect(told(tokens)).toBe(written.at(-1));
      // A tab that came late has the same in the end, without a hole.
      for (const { gen, text, from } of late)
        expect(told(tokens.slice(from), gen, text)).toBe(written.at(-1));
    }),
  );
});

/** What a tab shows after these tokens; throws at a hole, a repeat or a gen that goes back. */
function told(tokens: readonly Token[], gen = 0, text = ''): string {
  const shown = { gen, text };
  for (const token of tokens) {
    if (token.gen > shown.gen) Object.assign(shown, { gen: token.gen, text: '' });
    expect([token.gen, token.offset]).toEqual([shown.gen, shown.text.length]);
    shown.text += token.text;
  }
  return shown.text;
}
