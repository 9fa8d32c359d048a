import type { NewEvent, RoomEvent } from './event.ts';
import type { RoomState } from './room-state.ts';
import { evolveTimeline } from './timeline.ts';

/** The state's messages as they will stand once these events are appended, for rules that look at what comes of them. */
export function timelineAfter(state: RoomState, events: readonly NewEvent[]): RoomState {
  const messages = events.reduce(
    (timeline, event, index) => {
      const logged: RoomEvent = { ...event, roomId: state.room.id, seq: state.seq + index + 1, at: '' };
      return evolveTimeline(timeline, logged);
    },
    state.messages as readonly RoomState['messages'][number][],
  );
  return { ...state, messages: [...messages] };
}
