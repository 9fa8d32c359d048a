import { z } from 'zod';
import type { LoggedEvent } from './event.ts';
import { isKnown } from './event.ts';
import { edgeDeltaSchema, memorySchema, standingSchema } from './relationships.ts';

/** What one message changed between two, and where that message stands. */
const edgeChangeSchema = z.object({
  cause: z.string(),
  place: standingSchema,
  from: z.string(),
  to: z.string(),
  delta: edgeDeltaSchema,
});
export type EdgeChange = z.infer<typeof edgeChangeSchema>;

/** What a command makes follow from a message; where that one stands is found when it is written. */
export const newConsequenceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('memory'), memory: memorySchema.omit({ place: true }) }),
  z.object({ kind: z.literal('edge'), change: edgeChangeSchema.omit({ place: true }) }),
]);
export type NewConsequence = z.infer<typeof newConsequenceSchema>;

/** Something that follows from a message. It holds as long as that message stands on the timeline. */
export type Consequence =
  | { kind: 'memory'; memory: z.infer<typeof memorySchema> }
  | { kind: 'edge'; change: EdgeChange };

export const causeOf = (one: Consequence | NewConsequence): string =>
  one.kind === 'memory' ? one.memory.cause : one.change.cause;

/** Names a memory of a message: each witness has one. */
export const memoryIdFor = (messageId: string, witnessId: string): string => `${messageId}-${witnessId}`;

/** What follows from the messages of a room, as its events tell it, by names that stay. */
export function collectConsequences(standing: Map<string, NewConsequence>, event: LoggedEvent): void {
  if (!isKnown(event)) return;
  const { cause = '' } = event;
  switch (event.kind) {
    case 'memory.written': {
      const { place: _, ...memory } = event.data;
      standing.set(memory.memoryId, { kind: 'memory', memory: { ...memory, cause } });
      return;
    }
    case 'memory.withdrawn':
      standing.delete(event.data.memoryId);
      return;
    case 'edge.updated': {
      const { from, to, delta, withdrawn } = event.data;
      const name = `${cause} ${from} ${to}`;
      if (withdrawn === true) standing.delete(name);
      else standing.set(name, { kind: 'edge', change: { cause, from, to, delta } });
      return;
    }
    case 'bot.left':
    case 'bot.reset': {
      const { botId } = event.data;
      for (const [name, one] of standing) {
        const parties = one.kind === 'memory' ? [one.memory.witnessId] : [one.change.from, one.change.to];
        if (parties.includes(botId)) standing.delete(name);
      }
    }
  }
}
