import { expect, it } from 'vitest';
import { placeIn, routeOf, sourceAddress } from '../../client/src/app/route.ts';
import { broughtIn, letterOf, withBrought } from '../../client/src/ask/brought-in.ts';
import { joined, runBeside } from '../../client/src/library/source-runs.ts';
import {
  type AskTalk,
  begunAnew,
  failed,
  newTalk,
  noTalk,
  stopped,
  withAnswered,
  withQuestion,
} from '../../client/src/store/ask.ts';
import type { OfferedSource } from '../../src/domain/offered-source.ts';
import type { AskEvent } from '../../src/protocol/ask.ts';
import type { SourceReadResult } from '../../src/protocol/sources.ts';

const offered = (number: number, title: string, heading = ''): OfferedSource => ({
  number,
  sourceId: 's',
  chunkId: `s-${number}`,
  title,
  heading,
  anchor: '',
  summary: '',
});
const token = (text: string, gen = 0): AskEvent => ({ event: 'token', data: { text, gen } });
const done: AskEvent = {
  event: 'done',
  data: { conversationId: 'c', tier: 'all', fallback: false, citations: [1], truncated: false },
};
const asked = (talk: AskTalk = noTalk, id = 'q') =>
  withQuestion(talk, { id, question: 'How often?', botName: 'Sage' }, () => undefined);
const after = (talk: AskTalk, ...events: AskEvent[]) =>
  events.reduce((before, event) => withAnswered(before, 'q', event), talk);

it('[AQ4] gathers an answer as it comes, and goes on with its conversation', () => {
  const sources: AskEvent = { event: 'sources', data: { sources: [offered(1, 'Bells')], tier: 'all' } };
  const talk = after(asked(), sources, token('Twice '), token('a minute [1]'), done);
  expect(talk).toMatchObject({ conversationId: 'c', stop: undefined });
  expect(talk.pairs).toMatchObject([{ status: 'done', text: 'Twice a minute [1]', citations: [1] }]);
  expect(talk.pairs[0]?.sources).toHaveLength(1);
});

it('[AQ4] starts the text over under a higher gen, and drops what comes late of the one before', () => {
  const talk = after(asked(), token('Wrong'), token('', 1), token('Rig', 1), token('late'), token('ht', 1));
  expect(talk.pairs[0]?.text).toBe('Right');
});

it('[AQ4] loses no question, whatever comes of it', () => {
  const cut = failed(after(asked(), token('Twi')), 'q', 'The connection broke off.');
  expect(cut).toMatchObject({ stop: undefined });
  expect(cut.pairs).toMatchObject([{ question: 'How often?', status: 'failed', text: 'Twi' }]);
  expect(asked(cut).pairs).toMatchObject([{ question: 'How often?', status: 'asking', text: '' }]);
  expect(stopped(asked(), 'q').pairs).toMatchObject([{ status: 'stopped' }]);
  const refused = after(asked(), { event: 'error', data: { code: 'unavailable', message: 'No model.' } });
  expect(refused.pairs).toMatchObject([{ status: 'failed', error: 'No model.' }]);
});

it('[AQ4] begins anew where the conversation was forgotten, and says so', () => {
  const talk = begunAnew(asked(after(asked(), done), 'r'), 'r');
  expect(talk.conversationId).toBeUndefined();
  expect(talk.pairs.map(({ anew }) => anew)).toEqual([false, true]);
});

it('[AQ4] hears nothing of a conversation that was left', () => {
  const left = newTalk({ ...asked(), draft: 'And', botId: 'b' });
  expect(left).toEqual({ draft: 'And', botId: 'b', pairs: [] });
  expect(after(left, token('late'), done)).toBe(left);
  expect(failed(left, 'q', 'late')).toBe(left);
  expect(stopped(left, 'q')).toBe(left);
});

const pair = {
  ...({ id: 'q', status: 'done', gen: 0, truncated: false, fallback: false, anew: false } as const),
  question: 'How often?\n\nAnd why?',
  botName: 'Sage',
};

it('[AQ5] brings an answer into the room with letters and titles in place of its numbers', () => {
  const sources = [
    offered(1, 'Bells', 'The fog bell'),
    offered(2, 'Bells', 'The fog bell'),
    offered(7, 'Oil', 'Oil'),
  ];
  const text = 'Twice a minute [1][2], by hand [7]. Not [3].';
  expect(broughtIn({ ...pair, text, sources, citations: [1, 2, 7] })).toBe(
    [
      'I asked Sage on the side:',
      '> How often?\n>\n> And why?',
      'The answer:',
      '> Twice a minute [a], by hand [b]. Not [3].',
      'Sources: [a] Bells, The fog bell; [b] Oil',
    ].join('\n\n'),
  );
  expect(broughtIn({ ...pair, botName: undefined, text: 'No.', citations: [] })).toMatch(
    /^I asked the library .*No\.$/s,
  );
});

it('[AQ5] leaves brackets in code and links as they are', () => {
  const text = 'Use `a[1]` or [1](x):\n```\nb[1]\n```\nas said [1]';
  expect(broughtIn({ ...pair, text, sources: [offered(1, 'Code')], citations: [1] })).toContain(
    '> Use `a[1]` or [1](x):\n> ```\n> b[1]\n> ```\n> as said [a]',
  );
});

it('[AQ5] keeps what is typed already, and never runs out of letters', () => {
  expect(withBrought(' \n', 'B')).toBe('B');
  expect(withBrought('Look: ', 'B')).toBe('Look:\n\nB');
  expect([0, 25, 26, 51, 52, 702].map(letterOf)).toEqual(['a', 'z', 'aa', 'az', 'ba', 'aaa']);
});

it('reads a source on at either end, each passage once', () => {
  const passages = [45, 46].map((ordinal) => ({ ordinal }));
  expect(runBeside(passages, 'before')).toEqual({ from: 5, limit: 40 });
  expect(runBeside(passages, 'after')).toEqual({ from: 47, limit: 40 });
  expect(runBeside([{ ordinal: 3 }], 'before')).toEqual({ from: 0, limit: 3 });
  const read = (...ordinals: number[]) =>
    ({ passages: ordinals.map((ordinal) => ({ ordinal })) }) as SourceReadResult;
  expect(joined(read(3, 4), read(1, 2, 3)).passages.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 4]);
});

it('finds a passage by its address', () => {
  const address = sourceAddress('a_b-C', 'a_b-C-12');
  expect(routeOf('/rooms/r', address)).toEqual({ page: 'room', roomId: 'r', place: 'source/a_b-C/a_b-C-12' });
  expect(placeIn('source/a_b-C/a_b-C-12')).toEqual({
    what: 'source',
    sourceId: 'a_b-C',
    chunkId: 'a_b-C-12',
  });
  expect(placeIn('source/a')).toEqual({ what: 'source', sourceId: 'a' });
  expect([placeIn('ask'), placeIn('library')]).toEqual([{ what: 'ask' }, { what: 'library' }]);
  expect(['known', 'm-1', 'source/', 'source/a/b/c', undefined].map(placeIn)).toEqual(
    Array(5).fill(undefined),
  );
  expect(routeOf('/rooms/r', '#m-1')).toEqual({ page: 'room', roomId: 'r', messageId: '1' });
});
