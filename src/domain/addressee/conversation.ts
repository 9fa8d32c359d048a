import { type Cues, overlap } from './cues.ts';

/** A message as the conversation remembers it. */
export type Said = {
  by: string;
  /** Whom it was for, as far as that is known. */
  to: string | undefined;
  /** Whether it said so itself: by a reply or a name. */
  isExplicit: boolean;
  cues: Cues;
};

/** A message some messages ago; the one just before has distance 1. */
type Earlier = { distance: number; said: Said };

/** How one participant stands to the author of the next message, by what was said before. */
export type Standing = {
  id: string;
  /** How many others spoke, or were spoken to by the author, since; and how many messages ago that was. */
  rank: number;
  distance: number;
  /** What they said last, to anybody. */
  last?: Said;
  /** What they said last to the author, and whether the author said nothing to them since. */
  toAuthor?: Earlier & { isUnanswered: boolean };
  fromAuthor?: Earlier;
  /** Whether what they said last asks everybody, and nobody took it up. */
  isOpen: boolean;
  /** How often the two spoke to each other. */
  exchanges: number;
  /** Nobody spoke to the author after them; the author spoke to nobody after them. */
  isLatestToAuthor: boolean;
  isLatestFromAuthor: boolean;
  /** How much the message is about what they said, 0–1. */
  overlap: number;
};

/** Messages that count. */
export const reach = 60;

/** How everybody who spoke or was spoken to stands to `author`, who now says something with these cues. */
export function standings(said: readonly Said[], author: string, cues: Cues): Standing[] {
  const found = new Map<string, Standing>();
  const spokenTo = new Set<string>();
  const authorSpokeTo = new Set<string>();
  let wasAuthorSpokenTo = false;
  const of = (id: string, distance: number) => {
    const standing = found.get(id) ?? newStanding(id, found.size, distance);
    found.set(id, standing);
    return standing;
  };
  const recent = said.slice(-reach);
  for (const [index, one] of recent.toReversed().entries()) {
    const distance = index + 1;
    if (one.by === author) {
      if (one.to === undefined || one.to === author) continue;
      const standing = of(one.to, distance);
      standing.fromAuthor ??= { distance, said: one };
      standing.exchanges += 1;
      standing.isLatestFromAuthor ||= authorSpokeTo.size === 0;
      authorSpokeTo.add(one.to);
      continue;
    }
    const standing = of(one.by, distance);
    if (standing.last === undefined) {
      standing.last = one;
      standing.isOpen = one.to === undefined && one.cues.isQuestion && !spokenTo.has(one.by);
    }
    standing.overlap = Math.max(standing.overlap, overlap(cues.topics, one.cues.topics) * 0.97 ** distance);
    if (one.to !== undefined) spokenTo.add(one.to);
    if (one.to === author) {
      standing.toAuthor ??= { distance, said: one, isUnanswered: !authorSpokeTo.has(one.by) };
      standing.exchanges += 1;
      standing.isLatestToAuthor ||= !wasAuthorSpokenTo;
      wasAuthorSpokenTo = true;
    }
  }
  return [...found.values()];
}

function newStanding(id: string, rank: number, distance: number): Standing {
  const counts = { rank, distance, exchanges: 0, overlap: 0 };
  return { id, ...counts, isOpen: false, isLatestToAuthor: false, isLatestFromAuthor: false };
}
