import { KibitzError } from '../lib/errors.ts';
import type { EventOf } from './event.ts';
import { limits } from './limits.ts';
import type { RoomState } from './room-state.ts';
import type { Source } from './source.ts';

/** A room's library after one more event, oldest first. */
export function sourcesAfter(
  sources: readonly Source[],
  event: EventOf<'source.added' | 'source.removed'>,
): Source[] {
  const others = sources.filter(({ sourceId }) => sourceId !== event.data.sourceId);
  if (event.kind === 'source.removed') return others;
  return [...others, { ...event.data, by: event.data.by ?? event.actor, at: event.at }];
}

/** The source; one that is not there, or not any more, is `not_found`. */
export function requireSource({ sources }: RoomState, sourceId: string): Source {
  const source = sources.find((candidate) => candidate.sourceId === sourceId);
  if (source !== undefined) return source;
  throw new KibitzError('not_found', 'There is no such source in this room.');
}

export function requireNewSource({ sources }: RoomState, sourceId: string): void {
  if (sources.some((source) => source.sourceId === sourceId))
    throw new KibitzError('conflict', 'This source is in the library already.');
}

/** Refuses what a room's library has no room for; asked with 0 passages before a file is read. */
export function requireRoomForSource({ sources }: RoomState, chunks: number): void {
  if (sources.length >= limits.sources) {
    throw new KibitzError('conflict', `A room holds ${limits.sources} sources. Remove some first.`);
  }
  const held = sources.reduce((sum, source) => sum + source.chunks, 0);
  if (held + chunks > limits.sourceChunks) {
    throw new KibitzError('conflict', 'This room’s library is full. Remove sources that are not needed.');
  }
}
