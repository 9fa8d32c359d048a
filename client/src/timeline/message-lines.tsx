import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import { plainLine } from '../markdown/plain-line.ts';
import { useHue } from '../ui/hues.ts';

/** Messages in a line each, the first of them. */
export function MessageLines({ messages, most }: { messages: readonly TimelineMessage[]; most: number }) {
  // One more line says no more than the line that stands for it.
  const shown = messages.length === most + 1 ? messages : messages.slice(0, most);
  const rest = messages.length - shown.length;
  return (
    <ul className="message-lines">
      {shown.map((message) => (
        <Line key={message.messageId} message={message} />
      ))}
      {rest === 0 ? null : <li className="message-lines-rest">and {rest} more</li>}
    </ul>
  );
}

function Line({ message: { author, text } }: { message: TimelineMessage }) {
  return (
    <li data-hue={useHue(author.id)}>
      <span className="message-author">{author.name}</span> <span>{plainLine(text, 140)}</span>
    </li>
  );
}
