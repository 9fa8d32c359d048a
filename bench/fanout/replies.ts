import { beginsAfter, type Shape, tokensPerReply } from './shape.ts';
import { nowMicros } from './stamp.ts';
import { createTokenSource } from './token-source.ts';

/** A run, as those servers are told of it that make their tokens themselves. */
export type Run = { startMicros: number; shape: Shape };

/** Milliseconds between looks for tokens that are due. */
const lookEvery = 2;

/** Makes the tokens of all rooms of a run by its schedule; `give` gets those of a room that are due. */
export function giveTokens(
  { shape, startMicros }: Run,
  give: (room: number, tokens: readonly string[]) => void,
  end: (room: number) => void = () => {},
): void {
  const sources = new Map(
    Array.from({ length: shape.rooms }, (_, room) => {
      const begin = startMicros + beginsAfter(shape, room);
      return [room, createTokenSource(begin, shape.rate, tokensPerReply(shape))] as const;
    }),
  );
  const timer = setInterval(() => {
    const now = nowMicros();
    for (const [room, source] of sources) {
      const tokens = source.due(now);
      if (tokens.length > 0) give(room, tokens);
      if (!source.isOver) continue;
      sources.delete(room);
      end(room);
    }
    if (sources.size === 0) clearInterval(timer);
  }, lookEvery);
}
