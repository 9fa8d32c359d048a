import { MessageSquareText, Pencil, RefreshCw, Reply } from 'lucide-react';
import { atLeast } from '../../../src/domain/roles.ts';
import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import { live, store } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { roleOf } from '../store/room-view.ts';
import { messageAt, powersOver } from '../store/selectors.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { tellError } from '../ui/toasts.tsx';
import { MessageMenu } from './message-menu.tsx';

/** What this person may do with a message. */
export function MessageActions({ message, busy }: { message: TimelineMessage; busy: boolean }) {
  const { roomId, desk } = useRoomTools();
  const { messageId, text, author } = message;
  const takesPart = useLiveRoom((room) => atLeast(roleOf(room), 'participant'));
  const mayEdit = useLiveRoom((room) => powersOver(room, message).edit);
  const mayRegenerate = useLiveRoom((room) => author.type === 'bot' && powersOver(room, message).regenerate);
  const question = useLiveRoom((room) => powersOver(room, message).editQuestion);
  const regenerate = () =>
    live
      .command(roomId, 'reply.regenerate', { messageId })
      .catch((error: unknown) => tellError('The reply stays as it is', error));
  const editQuestion = () => {
    const { room } = store.getState();
    const asked = question !== undefined && room?.status === 'live' ? messageAt(room, question) : undefined;
    if (asked === undefined) return;
    desk.setState({ editing: { messageId: asked.messageId, text: asked.text, regenerate: messageId } });
    location.hash = `m-${asked.messageId}`;
  };
  return (
    <fieldset className="actions" aria-label={`What to do with the message of ${author.name}`}>
      {mayRegenerate && !busy ? (
        <IconButton label="Regenerate" onClick={() => void regenerate()}>
          <RefreshCw />
        </IconButton>
      ) : null}
      {question !== undefined && !busy ? (
        <IconButton label="Change the question" onClick={editQuestion}>
          <MessageSquareText />
        </IconButton>
      ) : null}
      {mayEdit ? (
        <IconButton label="Edit" onClick={() => desk.setState({ editing: { messageId, text } })}>
          <Pencil />
        </IconButton>
      ) : null}
      {takesPart ? (
        <IconButton label="Reply" onClick={() => desk.setState({ replyTo: messageId })}>
          <Reply />
        </IconButton>
      ) : null}
      {takesPart ? <MessageMenu message={message} /> : <CopyButton text={() => text} label="Copy text" />}
    </fieldset>
  );
}
