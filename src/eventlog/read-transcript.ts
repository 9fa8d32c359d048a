import type { RoomState } from '../domain/room-state.ts';
import { Transcript } from '../domain/transcript.ts';
import type { EventReader } from './read-events.ts';

/** Everything that was ever shown in a room, up to where its state stands. */
export async function readTranscript(
  { eventsUpTo }: Pick<EventReader, 'eventsUpTo'>,
  { room, seq }: Pick<RoomState, 'room' | 'seq'>,
): Promise<Transcript> {
  const transcript = new Transcript();
  for await (const event of eventsUpTo(room.id, seq)) transcript.take(event);
  return transcript;
}
