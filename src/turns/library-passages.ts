import type { Library } from '../knowledge/library.ts';
import type { FindPassages } from './find-passages.ts';

/** Looks passages up in the libraries of rooms. */
export function passagesOf(library: Pick<Library, 'search'>): FindPassages {
  return async (roomId, query, userId) => {
    const { tier, passages } = await library.search(roomId, query, undefined, userId);
    return {
      tier,
      passages: passages.map(({ score: _score, ordinal: _ordinal, ...passage }) => passage),
    };
  };
}
