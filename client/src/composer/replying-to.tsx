import { X } from 'lucide-react';
import { plainLine } from '../markdown/plain-line.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { messageAt } from '../store/selectors.ts';
import { taskAt, taskWords } from '../store/tasks.ts';
import { IconButton } from '../ui/icon-button.tsx';

/** What the next message will reply to: a message, or a question or check that it will answer. */
export function ReplyingTo({ id }: { id: string }) {
  const { desk } = useRoomTools();
  const task = useLiveRoom((room) => taskAt(room, id));
  const message = useLiveRoom((room) => messageAt(room, id));
  return (
    <div className="replying">
      <p>
        {task === undefined ? 'Replying to ' : 'Answering the '}
        <strong>
          {task === undefined
            ? (message?.author.name ?? 'an earlier message')
            : taskWords[task.kind].name.toLowerCase()}
        </strong>
        <span className="quote-text">{plainLine(task?.text ?? message?.text ?? '', 140)}</span>
      </p>
      <IconButton label="Do not reply to it" onClick={() => desk.setState({ replyTo: undefined })}>
        <X />
      </IconButton>
    </div>
  );
}
