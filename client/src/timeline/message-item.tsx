import { memo } from 'react';
import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import { NotedLine } from '../known/noted-line.tsx';
import { CitedMarkdown } from '../library/cited-markdown.tsx';
import { OfferedLine } from '../library/offered-line.tsx';
import { useDesk, useLiveRoom } from '../room/room-context.ts';
import { messageAt, noticeOf, turnReplacing } from '../store/selectors.ts';
import { MessageActions } from './message-actions.tsx';
import { MessageEditor } from './message-editor.tsx';
import { MessageFrame } from './message-frame.tsx';
import { NoticeLine } from './notice-line.tsx';
import { ReplyQuote } from './reply-quote.tsx';
import { Rewriting } from './rewriting.tsx';
import { VersionArrows } from './version-arrows.tsx';
import { Versions } from './versions.tsx';
import { WhyThisBot } from './why-this-bot.tsx';

type Props = { message: TimelineMessage; continues: boolean; quote: string | undefined };

/** One message of the timeline. */
export const MessageItem = memo(function MessageItem({ message, continues, quote }: Props) {
  const { messageId, author } = message;
  const you = useLiveRoom((room) => room.you.userId === author.id);
  const turn = useLiveRoom((room) => turnReplacing(room, messageId));
  const editing = useDesk((desk) => desk.editing?.messageId === messageId);
  const { text, sources, citations } = useShown(message);
  const isReply = author.type === 'bot';
  const hasNotice = useLiveRoom((room) => noticeOf(room, message) !== undefined);
  return (
    <MessageFrame
      author={author}
      you={you}
      at={message.at}
      continues={continues}
      aside={message.interjectionOf !== undefined}
      marks={<Marks message={message} />}
      id={`m-${messageId}`}
      data-message-id={messageId}
      data-seq={message.seq}
    >
      {quote === undefined ? null : <ReplyQuote id={quote} />}
      {turn === undefined ? (
        <>
          {editing ? (
            <MessageEditor message={message} />
          ) : (
            <div className="message-text markdown" data-message-text>
              <CitedMarkdown text={text} sources={sources} citations={citations} />
            </div>
          )}
          {message.truncated && !hasNotice ? (
            <p className="message-note">This reply was cut short. What had been written is kept.</p>
          ) : null}
        </>
      ) : (
        <Rewriting message={message} turn={turn} />
      )}
      {sources === undefined || sources.length === 0 || editing || turn !== undefined ? null : (
        <OfferedLine sources={sources} citations={citations ?? []} />
      )}
      <NotedLine messageId={messageId} />
      <NoticeLine message={message} />
      {isReply && message.versions.length > 0 ? (
        <VersionArrows message={message} busy={turn !== undefined} />
      ) : null}
      {message.versions.length === 0 ? null : <Versions message={message} />}
      {editing ? null : <MessageActions message={message} busy={turn !== undefined} />}
    </MessageFrame>
  );
});

type Shown = Pick<TimelineMessage, 'text' | 'sources' | 'citations'>;

/** What the message says, or another of its versions that this person looks at, with what that one cites. */
function useShown(message: TimelineMessage): Shown {
  const looking = useDesk((desk) => desk.looking?.[message.messageId]);
  const version = message.versions.find(({ messageId }) => messageId === looking);
  return version ?? message;
}

function Marks({ message }: { message: TimelineMessage }) {
  const { interjectionOf, addressee, author } = message;
  const isStray = useLiveRoom(
    (room) => interjectionOf !== undefined && messageAt(room, interjectionOf)?.messageId !== interjectionOf,
  );
  return (
    <>
      {interjectionOf === undefined ? null : (
        <span className="message-mark">put in a word{isStray ? ' on an earlier version' : ''}</span>
      )}
      {message.edited ? <span className="message-mark">edited</span> : null}
      {message.fallback ? (
        <span className="message-mark" title="The first model endpoint did not answer">
          by the fallback model
        </span>
      ) : null}
      {addressee === undefined || addressee.by === 'only' ? null : (
        <WhyThisBot addressee={addressee} name={author.name} />
      )}
    </>
  );
}
