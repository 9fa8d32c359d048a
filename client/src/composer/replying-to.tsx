import { X } from 'lucide-react';
import { plainLine } from '../markdown/plain-line.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { messageAt } from '../store/selectors.ts';
import { IconButton } from '../ui/icon-button.tsx';

/** What the next message will reply to. */
export function ReplyingTo({ messageId }: { messageId: string }) {
  const { desk } = useRoomTools();
  const message = useLiveRoom((room) => messageAt(room, messageId));
  return (
    <div className="replying">
      <p>
        Replying to <strong>{message?.author.name ?? 'an earlier message'}</strong>
        <span className="quote-text">{plainLine(message?.text ?? '', 140)}</span>
      </p>
      <IconButton label="Do not reply to it" onClick={() => desk.setState({ replyTo: undefined })}>
        <X />
      </IconButton>
    </div>
  );
}
