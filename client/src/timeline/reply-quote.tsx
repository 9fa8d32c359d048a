import { CornerUpLeft } from 'lucide-react';
import { plainLine } from '../markdown/plain-line.ts';
import { useLiveRoom } from '../room/room-context.ts';
import { messageAt } from '../store/selectors.ts';
import { taskAt } from '../store/tasks.ts';
import { TaskLink } from '../tasks/task-link.tsx';

/** What a message replies to, in a line; it leads there. That may be a question or check that it answers. */
export function ReplyQuote({ id }: { id: string }) {
  const task = useLiveRoom((room) => taskAt(room, id));
  const quoted = useLiveRoom((room) => messageAt(room, id));
  if (task !== undefined) return <TaskLink task={task} lead="In answer to the" />;
  if (quoted === undefined) return <p className="quote quote-lost">In reply to an earlier message</p>;
  return (
    <a className="quote" href={`#m-${quoted.messageId}`}>
      <CornerUpLeft aria-hidden="true" />
      <span className="visually-hidden">In reply to </span>
      <span className="quote-author">{quoted.author.name}</span>
      <span className="quote-text">{plainLine(quoted.text, 160)}</span>
    </a>
  );
}
