import type { Fact } from '../../../src/domain/fact.ts';
import { live } from '../app/client.ts';
import { useRoomTools } from '../room/room-context.ts';
import { wordsToSend } from '../store/facts.ts';
import { tellError, tellUndo } from '../ui/toasts.tsx';

/** Removes a fact, and says how it may be had again. */
export function useRemoveFact(fact: Fact): () => Promise<void> {
  const { factId, stateVersion } = fact;
  const { roomId } = useRoomTools();
  return async () => {
    try {
      await live.command(roomId, 'fact.remove', { factId, ifVersion: stateVersion });
      tellUndo('Fact removed', 'Undo adds the same words again, as a note of yours.', () =>
        live.command(roomId, 'fact.add', wordsToSend(fact)),
      );
    } catch (error) {
      tellError('The fact stays', error);
    }
  };
}
