import type { Feature } from './features.ts';

/** What each feature adds to somebody's score; chances are the softmax of the scores. */
export type Weights = Readonly<Record<Feature, number>>;

/**
 * A conditional logit (weighted by 0.005 · |w|² against overfitting), fitted to the annotated Ubuntu IRC logs of Kummerfeld
 * et al. 2019 by `npm run eval:addressee -- DIR --fit`, which also tells how it does on each log when fitted to the others.
 */
export const fittedWeights: Weights = {
  nobody: 2.88,
  nobodyToAll: 1.5,
  nobodyQuestion: 1.22,
  nobodyNew: 1.65,
  nobodyNewQuestion: 0.39,
  nobodyResponse: -0.3,
  nobodySecondPerson: -0.32,
  nobodyLong: 1.19,
  isLast: 0.3,
  recency: 2.01,
  presence: 0.8,
  toAuthorNear: 0.29,
  toAuthorFar: 0.61,
  toAuthorExplicit: 0.78,
  waits: 0.42,
  waitsNear: 0.26,
  waitsExplicit: 0.36,
  waitsQuestion: 0.78,
  waitsResponse: 0.36,
  fromAuthor: -0.27,
  fromAuthorNear: 0.13,
  fromAuthorJust: 0.42,
  fromAuthorExplicit: 0.31,
  open: -0.09,
  openNear: 0.43,
  openAsked: -0.38,
  exchanges: 0.52,
  latestTo: 0.4,
  latestFrom: 0.13,
  latestFromStatement: 0.43,
  justAsked: 0.16,
  firstPersonTo: 0.42,
  firstPersonOpen: -0.55,
  secondPersonTo: 0.42,
  overlap: 2.65,
  busy: -0.73,
  busyNear: 0.16,
  statement: 0.21,
};
