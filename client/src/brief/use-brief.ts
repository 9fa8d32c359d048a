import { KibitzError } from '../../../src/lib/errors.ts';
import type { RoomCommandArgs } from '../../../src/protocol/room-commands.ts';
import { live, store } from '../app/client.ts';
import { useRoomTools } from '../room/room-context.ts';

type Operation = NonNullable<RoomCommandArgs<'brief.apply'>['operations']>[number];

/** Changes the brief as it is shown here; throws when somebody else's change came first. */
export function useBrief(): { apply: (operation: Operation) => Promise<void> } {
  const { roomId } = useRoomTools();
  return {
    apply: async (operation) => {
      const { room } = store.getState();
      const ifRevision = room?.status === 'live' ? room.state.brief.revision : 0;
      const told = await live.command(roomId, 'brief.apply', { operations: [operation], ifRevision });
      const [skipped] = told.skipped ?? [];
      if (skipped === undefined) return;
      const why = skipped.reason === undefined ? '' : `: ${skipped.reason}`;
      throw new KibitzError('conflict', `The brief could not be changed so${why}.`);
    },
  };
}
