import { Copy, Ellipsis, GitFork, History, Trash2 } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { atLeast } from '../../../src/domain/roles.ts';
import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import type { Asking } from '../store/desk.ts';
import { roleOf } from '../store/room-view.ts';
import { powersOver } from '../store/selectors.ts';
import { copyText } from '../ui/copy-button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { tell } from '../ui/toasts.tsx';
import { useFloating } from '../ui/use-floating.ts';

/** What is more rarely done with a message. */
export function MessageMenu({ message }: { message: TimelineMessage }) {
  const { desk } = useRoomTools();
  const id = useId();
  const { trigger, floating, open, onToggle } = useFloating();
  const { messageId, text } = message;
  const mayRemove = useLiveRoom((room) => powersOver(room, message).remove);
  const mayRewind = useLiveRoom(
    (room) => atLeast(roleOf(room), 'moderator') && room.timeline.at(-1)?.messageId !== messageId,
  );
  const ask = (what: Asking['what']) => desk.setState({ asking: { what, messageId } });
  const entry = (label: string, icon: ReactNode, act: () => void, look = '') => (
    <button
      type="button"
      className={`menu-item ${look}`}
      onClick={() => {
        // First, so that the focus is back on the message when a dialog takes it from there.
        floating.current?.togglePopover(false);
        act();
      }}
    >
      {icon}
      {label}
    </button>
  );
  return (
    <>
      <IconButton ref={trigger} label="More" popoverTarget={id} aria-expanded={open}>
        <Ellipsis />
      </IconButton>
      <div ref={floating} id={id} popover="auto" className="floating menu" onToggle={onToggle}>
        {entry('Copy text', <Copy />, () => void copyText(text).then((done) => done && tell('Copied')))}
        {entry('Fork from here', <GitFork />, () => ask('fork'))}
        {mayRewind ? entry('Rewind to here', <History />, () => ask('rewind')) : null}
        {mayRemove ? entry('Remove', <Trash2 />, () => ask('remove'), 'menu-danger') : null}
      </div>
    </>
  );
}
