import { describe, expect, it } from 'vitest';
import { reduceRoom } from '../../client/src/store/reduce-room.ts';
import type { NewEvent } from '../../src/domain/event.ts';
import {
  arrivalsOf,
  asked,
  asLive,
  liveAt,
  logOf,
  opening,
  reduceAll,
  roleChanged,
  settingsChanged,
  snapshotAt,
} from './room-log.ts';

/** A tab that has seen all but the last few of these events, after those. */
function played(before: readonly NewEvent[], events: readonly NewEvent[]) {
  const log = logOf([...opening, ...before, ...events]);
  const start = liveAt(log, opening.length + before.length);
  return { log, room: asLive(reduceAll(start, arrivalsOf(log.slice(start.state.seq)))) };
}

const watches = roleChanged('spectator');
const takesPart = roleChanged('participant');

describe('a tab whose person is shown more, or less, than before', () => {
  it.each([
    ['comes to watch', [], [watches]],
    ['watches no more', [watches], [takesPart]],
    ['watched for a moment', [], [watches, takesPart, ...asked('q', 't')]],
    ['watches, and may see state now', [watches], [settingsChanged({ spectatorsSeeState: true })]],
    [
      'watches, and may not see state any more',
      [settingsChanged({ spectatorsSeeState: true }), watches],
      [settingsChanged({})],
    ],
  ])('is outdated: who %s', (_who, before, events) => {
    const { log, room } = played(before, events);
    expect(room.outdated).toBe(true);
    const anew = reduceRoom(room, { type: 'joined', result: snapshotAt(log, log.length) });
    expect(asLive(anew).outdated).toBe(false);
  });

  it.each([
    ['rises among those who take part', [takesPart], [roleChanged('moderator')]],
    ['watches where those who watch see it all', [settingsChanged({ spectatorsSeeState: true })], [watches]],
    ['takes part, whatever spectators see', [], [settingsChanged({ spectatorsSeeState: true })]],
    ['watches, and other settings change', [watches], [settingsChanged({ reply: 'always' })]],
  ])('is not outdated: who %s', (_who, before, events) => {
    expect(played(before, events).room.outdated).toBe(false);
  });
});
