import type { RoomState } from '../../../src/domain/room-state.ts';
import { memoryCount } from './memories.ts';

/** What is gone when a bot forgets everything, in words for who is to confirm it. */
export function forgettingWords({ memories, edges }: RoomState, botId: string, name: string): string {
  const parts = [
    memories.some(({ witnessId }) => witnessId === botId)
      ? `${memoryCount(memories.filter(({ witnessId }) => witnessId === botId).length)} of this room`
      : '',
    edges.some(({ from }) => from === botId) ? `what ${name} feels and knows about others` : '',
    edges.some(({ to }) => to === botId) ? `what others feel and know about ${name}` : '',
  ].filter((part) => part !== '');
  const gone = parts.length === 0 ? 'There is nothing to forget yet.' : `Gone for good: ${listed(parts)}.`;
  return `${gone} From then on ${name} starts afresh. The messages stay.`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
