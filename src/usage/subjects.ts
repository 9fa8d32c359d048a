import type { Meter } from '../llm/language-model.ts';

type Asker = { roomId?: string | null | undefined; userId?: string | null | undefined };

/** Whose tokens a call takes, as counters are kept of them. Everybody locks counters in this order, so nobody locks another out. */
export function subjectsOf({ roomId, userId }: Asker): string[] {
  return [
    ...(roomId && userId ? [memberSubject(roomId, userId)] : []),
    ...(roomId ? [roomSubject(roomId)] : []),
    ...(userId ? [userSubject(userId)] : []),
  ];
}

export const memberSubject = (roomId: string, userId: string) => `member:${roomId}:${userId}`;
export const roomSubject = (roomId: string) => `room:${roomId}`;
export const userSubject = (userId: string) => `user:${userId}`;

/** The day of UTC of a time in ISO 8601. */
export const dayOf = (at: string) => at.slice(0, 10);

/** What a turn can do without: it is not what somebody asked for. */
const extras: ReadonlySet<string> = new Set([
  'addressee',
  'interject-question',
  'interjection',
  'settle',
  'library-query',
  'embedding',
  'title',
]);

export function isExtra(meter: Meter): boolean {
  return extras.has(meter.purpose);
}
