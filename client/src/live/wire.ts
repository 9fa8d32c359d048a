import type { z } from 'zod';
import { serverEvents } from '../../../src/protocol/server-events.ts';
import type { Arrival } from '../store/room-view.ts';
import type { LiveSocket } from './socket.ts';

const typingShownMs = 4_000;
const closedReasons = { removed: 'removed', deleted: 'deleted', signed_out: 'signed_out' } as const;

/** Turns what the server sends of its own accord into arrivals. What does not fit its schema is left out, as a gap would be. */
export function listenTo(socket: LiveSocket, arrived: (roomId: string, arrival: Arrival) => void): void {
  const when = <S extends z.ZodType<{ roomId: string }>>(
    schema: S,
    arrivalOf: (payload: z.output<S>) => Arrival,
  ) => {
    return (raw: unknown) => {
      // `parseEvent` throws where an event's data is odd.
      try {
        const payload = schema.parse(raw);
        arrived(payload.roomId, arrivalOf(payload));
      } catch {
        return;
      }
    };
  };
  socket.on(
    'append',
    when(serverEvents.append, ({ event }) => ({ type: 'event', event })),
  );
  socket.on(
    'replace',
    when(serverEvents.replace, ({ event }) => ({ type: 'event', event })),
  );
  socket.on(
    'token',
    when(serverEvents.token, (token) => ({ type: 'token', token })),
  );
  socket.on(
    'sources',
    when(serverEvents.sources, ({ turnId, messageId, sources }) => ({
      type: 'sources',
      offer: { turnId, messageId, sources },
    })),
  );
  socket.on(
    'head',
    when(serverEvents.head, ({ seq, epoch }) => ({ type: 'head', head: { seq, epoch } })),
  );
  socket.on(
    'stage',
    when(serverEvents.stage, ({ turnId, stage }) => ({ type: 'stage', turnId, stage })),
  );
  socket.on(
    'presence',
    when(serverEvents.presence, ({ people, spectators }) => ({
      type: 'presence',
      presence: { people, spectators },
    })),
  );
  socket.on(
    'typing',
    when(serverEvents.typing, ({ userId, name }) => ({
      type: 'typing',
      userId,
      name,
      until: Date.now() + typingShownMs,
    })),
  );
  socket.on(
    'closed',
    when(serverEvents.closed, ({ reason }) => ({ type: 'over', why: { reason: closedReasons[reason] } })),
  );
}
