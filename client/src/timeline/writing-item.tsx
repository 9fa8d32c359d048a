import { useApp } from '../app/client.ts';
import { GrowingCitedMarkdown } from '../library/cited-markdown.tsx';
import { useLiveRoom } from '../room/room-context.ts';
import { botName, draftOf } from '../store/selectors.ts';
import type { Speaking } from '../store/speaking.ts';
import { MessageFrame } from './message-frame.tsx';
import { ReplyQuote } from './reply-quote.tsx';

/** A reply, or a word that is put in on one, while it is written. */
export function WritingItem({ speaking: { turnId, botId, on } }: { speaking: Speaking }) {
  const name = useLiveRoom((room) => botName(room, botId));
  const draft = useLiveRoom((room) => draftOf(room, turnId));
  const isLast = useLiveRoom((room) => room.timeline.at(-1)?.messageId === on);
  const online = useApp((state) => state.link === 'online');
  const doing = on === undefined ? 'writing' : 'putting in a word';
  return (
    <MessageFrame
      author={{ type: 'bot', id: botId, name }}
      aside={on !== undefined}
      marks={<span className="message-mark message-mark-live">{online ? doing : 'was writing'}</span>}
      aria-busy="true"
      data-draft={draft?.messageId ?? ''}
    >
      {on === undefined || isLast ? null : <ReplyQuote id={on} />}
      {draft === undefined || draft.text === '' ? (
        <p className="thinking" aria-label={`${name} is thinking`} role="img">
          <i />
          <i />
          <i />
        </p>
      ) : (
        <div className="message-text markdown growing" data-message-text>
          <GrowingCitedMarkdown key={draft.gen} text={draft.text} messageId={draft.messageId} />
        </div>
      )}
    </MessageFrame>
  );
}
