import type { Standing } from './conversation.ts';
import type { Cues } from './cues.ts';

const flag = (value: boolean | undefined) => (value === true ? 1 : 0);
const near = (distance: number | undefined, scale: number) =>
  distance === undefined ? 0 : Math.exp(-(distance - 1) / scale);

/** What speaks for one participant as the addressee; each is about 0–1. */
export function featuresOf(standing: Standing, cues: Cues) {
  const { toAuthor, fromAuthor, last, rank, distance, isOpen } = standing;
  const isWaiting = toAuthor?.isUnanswered === true;
  return {
    isLast: flag(rank === 0),
    recency: near(distance, 6),
    presence: near(distance, 25),
    toAuthorNear: near(toAuthor?.distance, 6),
    toAuthorFar: near(toAuthor?.distance, 25),
    toAuthorExplicit: flag(toAuthor?.said.isExplicit) * near(toAuthor?.distance, 15),
    waits: flag(isWaiting),
    waitsNear: flag(isWaiting) * near(toAuthor?.distance, 6),
    waitsExplicit: flag(isWaiting && toAuthor?.said.isExplicit),
    waitsQuestion: flag(isWaiting && toAuthor?.said.cues.isQuestion && !cues.isQuestion),
    waitsResponse: flag(isWaiting && cues.isResponse),
    fromAuthor: flag(fromAuthor !== undefined),
    fromAuthorNear: near(fromAuthor?.distance, 6),
    fromAuthorJust: flag(fromAuthor?.distance === 1),
    fromAuthorExplicit: flag(fromAuthor?.said.isExplicit) * near(fromAuthor?.distance, 15),
    open: flag(isOpen && !cues.isQuestion),
    openNear: flag(isOpen && !cues.isQuestion) * near(distance, 6),
    openAsked: flag(isOpen && cues.isQuestion),
    exchanges: Math.log1p(standing.exchanges) / 2,
    latestTo: flag(standing.isLatestToAuthor),
    latestFrom: flag(standing.isLatestFromAuthor),
    latestFromStatement: flag(standing.isLatestFromAuthor && !cues.isResponse),
    justAsked: flag(rank === 0 && last?.cues.isQuestion && last.to === undefined),
    firstPersonTo: flag(cues.isFirstPerson && toAuthor !== undefined),
    firstPersonOpen: flag(cues.isFirstPerson && isOpen),
    secondPersonTo: flag(cues.isSecondPerson) * near(distance, 6),
    overlap: standing.overlap,
    busy: flag(last?.to !== undefined && toAuthor?.said !== last && last.isExplicit),
    busyNear: flag(last?.to !== undefined && toAuthor?.said !== last && last.isExplicit) * near(distance, 6),
    statement: flag(last !== undefined && last.to === undefined && !last.cues.isQuestion && rank === 0),
  };
}

/** What speaks for a message that is for nobody in particular. */
export function featuresOfNobody(cues: Cues, isNew: boolean) {
  return {
    nobody: 1,
    nobodyToAll: flag(cues.isToAll),
    nobodyQuestion: flag(cues.isQuestion),
    nobodyNew: flag(isNew),
    nobodyNewQuestion: flag(isNew && cues.isQuestion),
    nobodyResponse: flag(cues.isResponse),
    nobodySecondPerson: flag(cues.isSecondPerson),
    nobodyLong: flag(cues.length > 12),
  };
}

export type Feature = keyof ReturnType<typeof featuresOf> | keyof ReturnType<typeof featuresOfNobody>;
