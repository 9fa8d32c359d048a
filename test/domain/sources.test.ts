import { expect, test } from 'vitest';
import { limits } from '../../src/domain/limits.ts';
import { snapshotOf, stateOf } from '../../src/protocol/snapshot.ts';
import { refusalOf, type TestRoom, testRoom } from '../support/test-room.ts';

const guide = { sourceId: 'guide', title: 'The guide', chunks: 12, format: 'md', bytes: 9_000 };
const add = (room: TestRoom, source: object, who = 'pat') =>
  room.act(who, 'source.add', { ...guide, ...source });

test('[LB1] a room knows its sources oldest first, and forgets one that is removed', () => {
  const room = testRoom();
  add(room, { author: 'Ada', category: 'Manuals' });
  add(room, { sourceId: 'notes', title: 'Notes' });
  expect(room.state.sources).toMatchObject([
    { ...guide, author: 'Ada', category: 'Manuals', by: { type: 'user', id: 'pat' } },
    { sourceId: 'notes' },
  ]);
  const { events } = room.act('pia', 'source.remove', { sourceId: 'guide' });
  expect(events.map(({ data }) => data)).toEqual([{ sourceId: 'guide', title: 'The guide', chunks: 12 }]);
  expect(room.state.sources.map(({ sourceId }) => sourceId)).toEqual(['notes']);
  expect(stateOf(snapshotOf(room.state), room.state.seq).sources).toEqual(room.state.sources);
});

test.each([
  ['own', undefined],
  ['mod', undefined],
  ['pat', undefined],
  ['sam', 'forbidden'],
  ['out', 'not_found'],
])('[LB1] who adds and removes: %s, refused as %s', (who, refusal) => {
  const room = testRoom();
  add(room, {}, 'pia');
  const both = [
    () => add(room, { sourceId: 'other' }, who),
    () => room.act(who, 'source.remove', { sourceId: 'guide' }),
  ];
  for (const act of both) {
    if (refusal === undefined) act();
    else expect(refusalOf(act)).toBe(refusal);
  }
});

test('[LB1] what is not there cannot be removed, and nothing is added twice', () => {
  const room = testRoom();
  add(room, {});
  expect(refusalOf(() => add(room, {}))).toBe('conflict');
  room.act('pat', 'source.remove', { sourceId: 'guide' });
  expect(refusalOf(() => room.act('pat', 'source.remove', { sourceId: 'guide' }))).toBe('not_found');
});

test('[LB2] a library is bounded in its sources and their passages', () => {
  const room = testRoom();
  for (let n = 0; n < limits.sources; n += 1) add(room, { sourceId: `s${n}`, chunks: 1 });
  expect(refusalOf(() => add(room, {}))).toBe('conflict');
  room.act('pat', 'source.remove', { sourceId: 's0' });
  expect(refusalOf(() => add(room, { chunks: limits.sourceChunks }))).toBe('conflict');
  add(room, { chunks: limits.sourceChunks - limits.sources + 1 });
});
