/**
 * What is offered: in each of `rooms`, one reply of `rate` tokens a second for `seconds`, shown in `tabs` tabs. The replies
 * begin one after the other within the first `spread` seconds.
 */
export type Shape = { rooms: number; tabs: number; rate: number; seconds: number; spread: number };

export const tokensPerReply = ({ rate, seconds }: Shape): number => Math.round(rate * seconds);
export const expectedDeliveries = (shape: Shape): number => shape.rooms * shape.tabs * tokensPerReply(shape);

/** Microseconds after the first reply at which that of a room is to begin. */
export const beginsAfter = ({ rooms, spread }: Shape, room: number): number =>
  Math.round((room * spread * 1_000_000) / rooms);

/**
 * What one run of a shape came to. Times in milliseconds, from when a token was due until its frame was in a tab; what did
 * not come in time counts as infinitely late.
 */
export type Outcome = {
  seconds: number;
  frames: number;
  tokens: number;
  expected: number;
  /** Tokens that came within a second. */
  prompt: number;
  p50: number;
  p99: number;
};
