/** What is offered: in each of `rooms`, one reply of `rate` tokens a second for `seconds`, shown in `tabs` tabs. */
export type Shape = { rooms: number; tabs: number; rate: number; seconds: number };

export const tokensPerReply = ({ rate, seconds }: Shape): number => rate * seconds;
export const expectedDeliveries = (shape: Shape): number => shape.rooms * shape.tabs * tokensPerReply(shape);

/** What one run of a shape came to. Times in milliseconds, from when a token was due until its frame was in a tab. */
export type Outcome = {
  seconds: number;
  frames: number;
  tokens: number;
  expected: number;
  p50: number;
  p99: number;
};
