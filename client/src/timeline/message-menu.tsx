import { Copy, Ellipsis, GitFork, History, Trash2 } from 'lucide-react';
import { atLeast } from '../../../src/domain/roles.ts';
import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import type { Asking } from '../store/desk.ts';
import { roleOf } from '../store/room-view.ts';
import { powersOver } from '../store/selectors.ts';
import { copyText } from '../ui/copy-button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { tell } from '../ui/toasts.tsx';

/** What is more rarely done with a message. */
export function MessageMenu({ message }: { message: TimelineMessage }) {
  const { desk } = useRoomTools();
  const { messageId, text } = message;
  const mayRemove = useLiveRoom((room) => powersOver(room, message).remove);
  const mayRewind = useLiveRoom(
    (room) => atLeast(roleOf(room), 'moderator') && room.timeline.at(-1)?.messageId !== messageId,
  );
  const ask = (what: Asking['what']) => desk.setState({ asking: { what, messageId } });
  const copy = () => void copyText(text).then((done) => done && tell('Copied'));
  return (
    <Menu label="More" trigger={<Ellipsis />}>
      <MenuItem icon={<Copy />} onChoose={copy}>
        Copy text
      </MenuItem>
      <MenuItem icon={<GitFork />} onChoose={() => ask('fork')}>
        Fork from here
      </MenuItem>
      {mayRewind ? (
        <MenuItem icon={<History />} onChoose={() => ask('rewind')}>
          Rewind to here
        </MenuItem>
      ) : null}
      {mayRemove ? (
        <MenuItem icon={<Trash2 />} look="danger" onChoose={() => ask('remove')}>
          Remove
        </MenuItem>
      ) : null}
    </Menu>
  );
}
