import { describe, expect, it } from 'vitest';
import { findScene } from '../../client/src/scene/find-scene.ts';
import { reduceRoom } from '../../client/src/store/reduce-room.ts';
import { sceneLine, sceneMarks } from '../../client/src/store/scenes.ts';
import { timelineItems } from '../../client/src/store/timeline-items.ts';
import type { NewEvent } from '../../src/domain/event.ts';
import type { TimelineMessage } from '../../src/domain/room-state.ts';
import { arrivalsOf, asked, asLive, liveAt, logOf, opening, reduceAll, user } from './room-log.ts';

const scene = (sceneId: string, title = sceneId) => ({ sceneId, title, place: 'Here', clock: '' });
const opened = (sceneId: string): NewEvent => ({
  kind: 'scene.opened',
  actor: user,
  data: scene(sceneId),
});

const said = (messageId: string, more: Partial<TimelineMessage> = {}): TimelineMessage => ({
  messageId,
  author: { type: 'user', id: 'ann', name: 'Ann' },
  text: '',
  seq: 1,
  at: '2026-01-01T12:00:00.000Z',
  edited: false,
  versions: [],
  ...more,
});

/** The marks by the messages they stand before, and `end`. */
function marks(timeline: TimelineMessage[], now: string | null, isWhole = true): Record<string, unknown> {
  const { before, after } = sceneMarks(timeline, { now, isWhole });
  const found = before.flatMap((mark, index) =>
    mark === undefined ? [] : [[timeline[index]?.messageId ?? '', mark.sceneId] as const],
  );
  return Object.fromEntries([...found, ...(after === undefined ? [] : [['end', after.sceneId] as const])]);
}

describe('the line of a scene', () => {
  const played = [said('a'), said('b', { scene: 's1' }), said('c', { scene: 's1' }), said('d')];

  it('stands where a scene begins and where one ends', () => {
    expect(marks(played, null)).toEqual({ b: 's1', d: null });
    expect(marks([said('a', { scene: 's1' }), said('b', { scene: 's2' })], 's2')).toEqual({
      a: 's1',
      b: 's2',
    });
  });

  it('stands at the end while nothing has been said since', () => {
    expect(marks(played, 's2')).toEqual({ b: 's1', d: null, end: 's2' });
    expect(marks(played.slice(0, 3), null)).toEqual({ b: 's1', end: null });
    expect(marks([], 's1')).toEqual({ end: 's1' });
    expect(marks([], null)).toEqual({});
  });

  it('is not made up where the beginning has not been read', () => {
    expect(marks(played.slice(1, 3), 's1', false)).toEqual({});
    expect(marks(played.slice(1), null, false)).toEqual({ d: null });
  });

  it('does not move with a reply that is written anew or a word put in late', () => {
    const late = [
      said('a', { scene: 's1' }),
      said('b', { scene: 's2', version: 2 }),
      said('c', { scene: 's2', interjectionOf: 'a' }),
      said('d', { scene: 's1' }),
    ];
    expect(marks([...late, said('e', { scene: 's2' })], 's2')).toEqual({ a: 's1', e: 's2' });
  });

  it('has its own row only at the end, so that older pages keep their count', () => {
    const rows = timelineItems(played, [], [], undefined, { now: 's2', isWhole: true });
    expect(rows.map((row) => row.kind)).toEqual(['message', 'message', 'message', 'message', 'scene']);
    expect(rows.map((row) => row.kind === 'message' && row.continues)).toEqual([
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  it('says what there is to say', () => {
    expect(sceneLine({ title: 'A light', place: ' ', clock: 'dawn ' })).toBe('A light · dawn');
    expect(sceneLine({ title: '', place: '', clock: '' })).toBe('');
  });
});

describe('the scenes a tab knows', () => {
  const log = logOf([...opening, opened('s1'), ...asked('q', 't'), opened('s2'), ...asked('r', 'u')]);

  it('are the open one, those opened since, and those it has looked for', () => {
    const joined = liveAt(log, 4);
    expect([...joined.scenes.keys()]).toEqual(['s1']);
    const later = asLive(reduceAll(joined, arrivalsOf(log.slice(4))));
    expect([...later.scenes.keys()]).toEqual(['s1', 's2']);
    const late = liveAt(log, log.length);
    expect([...late.scenes.keys()]).toEqual(['s2']);
    const found = asLive(reduceRoom(late, { type: 'scene.found', scene: scene('s1') }));
    expect(found.scenes.get('s1')).toEqual(scene('s1'));
  });

  it('are looked for right before what was first said in them', async () => {
    const asks: number[][] = [];
    const read = async (after: number, limit: number) => {
      asks.push([after, limit]);
      return log.filter(({ seq }) => seq > after).slice(0, limit);
    };
    expect(await findScene('s1', 5, read)).toEqual(scene('s1'));
    expect(asks).toEqual([[0, 4]]);
    expect(await findScene('s2', 5, read)).toBeUndefined();
    await findScene('s2', 1_001, read);
    expect(asks.at(-1)).toEqual([500, 500]);
    expect(await findScene('s1', 1, read)).toBeUndefined();
  });
});
