import type { EdgeDelta, Memory, Standing } from './relationships.ts';

/** What one message changed between two, and where that message stands. */
export type EdgeChange = { cause: string; place: Standing; from: string; to: string; delta: EdgeDelta };

/** Something that follows from a message. It holds as long as that message stands on the timeline. */
export type Consequence = { kind: 'memory'; memory: Memory } | { kind: 'edge'; change: EdgeChange };

/** What a command makes follow from a message; where that one stands is found when it is written. */
export type NewConsequence =
  | { kind: 'memory'; memory: Omit<Memory, 'place'> }
  | { kind: 'edge'; change: Omit<EdgeChange, 'place'> };

export const causeOf = (one: Consequence | NewConsequence): string =>
  one.kind === 'memory' ? one.memory.cause : one.change.cause;
