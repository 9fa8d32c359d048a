import { CornerUpLeft } from 'lucide-react';
import { navigate } from '../app/router.tsx';
import { plainLine } from '../markdown/plain-line.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { messageAt } from '../store/selectors.ts';

type Props = {
  messageId: string;
  /** What to say instead of its text, where that stands beside it already. */
  words?: string;
};

/** Leads to the message that something followed from, and says which that is. What lies over the timeline closes. */
export function MessageLink({ messageId, words }: Props) {
  const { desk } = useRoomTools();
  const message = useLiveRoom((room) => messageAt(room, messageId));
  const isGone = useLiveRoom((room) => room.older === 'none') && message === undefined;
  if (isGone) return <p className="quote quote-lost">Its message is not on the timeline any more</p>;
  const address = `#m-${message?.messageId ?? messageId}`;
  const follow = () => {
    // Where the address names it already, going there again would lead nowhere.
    if (location.hash === address) navigate(location.pathname, 'replace');
    desk.setState({ panel: undefined });
  };
  return (
    <a className="quote" href={address} onClick={follow}>
      <CornerUpLeft aria-hidden="true" />
      <span className="visually-hidden">From the message of </span>
      <span className="quote-author">{message?.author.name ?? 'an earlier message'}</span>
      <span className="quote-text">{words ?? plainLine(message?.text ?? '', 160)}</span>
    </a>
  );
}
