import { CornerUpLeft } from 'lucide-react';
import { plainLine } from '../markdown/plain-line.ts';
import { useLiveRoom } from '../room/room-context.ts';
import { messageAt } from '../store/selectors.ts';

/** What a message replies to, in a line; it leads there. */
export function ReplyQuote({ messageId }: { messageId: string }) {
  const quoted = useLiveRoom((room) => messageAt(room, messageId));
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
