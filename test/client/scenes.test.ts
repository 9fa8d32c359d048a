import { describe, expect, it } from 'vitest';
import { sceneLine, sceneMarks } from '../../client/src/store/scenes.ts';
import { timelineItems } from '../../client/src/store/timeline-items.ts';
import type { TimelineMessage } from '../../src/domain/room-state.ts';

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
    expect(sceneLine({ title: 'A light', place: '', clock: 'dawn' })).toBe('A light · dawn');
    expect(sceneLine({ title: '', place: '', clock: '' })).toBe('');
  });
});
