import { atLeast } from '../../../src/domain/roles.ts';
import { live } from '../app/client.ts';
import { roleOf } from '../store/room-view.ts';
import { personName } from '../store/selectors.ts';
import { Button } from '../ui/button.tsx';
import { tellError } from '../ui/toasts.tsx';
import { useLiveRoom, useRoomTools } from './room-context.ts';

/** Says that the room was rewound, and takes that back, as long as nobody has written since. */
export function RewoundBar() {
  const { roomId } = useRoomTools();
  const taken = useLiveRoom(({ state: { rewound } }) => rewound?.messages ?? 0);
  const by = useLiveRoom((room) =>
    room.state.rewound === null ? '' : personName(room, room.state.rewound.by),
  );
  const moderates = useLiveRoom((room) => atLeast(roleOf(room), 'moderator'));
  if (taken === 0) return null;
  const undo = () =>
    live
      .command(roomId, 'history.undo', {})
      .catch((error: unknown) => tellError('It could not be undone', error));
  return (
    <div className="rewound" role="status">
      <p>
        {taken === 1 ? 'One message was' : `${taken} messages were`} taken back by {by}.
      </p>
      {moderates ? (
        <Button small onClick={() => void undo()}>
          Undo
        </Button>
      ) : null}
    </div>
  );
}
