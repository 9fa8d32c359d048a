import { memo } from 'react';
import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import { Markdown } from '../markdown/markdown.tsx';
import { useDesk, useLiveRoom } from '../room/room-context.ts';
import { turnReplacing, unfinishedAt } from '../store/selectors.ts';
import { MessageActions } from './message-actions.tsx';
import { MessageEditor } from './message-editor.tsx';
import { MessageFrame } from './message-frame.tsx';
import { NoticeLine } from './notice-line.tsx';
import { ReplyQuote } from './reply-quote.tsx';
import { Rewriting } from './rewriting.tsx';
import { VersionArrows } from './version-arrows.tsx';
import { Versions } from './versions.tsx';

type Props = { message: TimelineMessage; continues: boolean; quotes: boolean };

/** One message of the timeline. */
export const MessageItem = memo(function MessageItem({ message, continues, quotes }: Props) {
  const { messageId, author } = message;
  const you = useLiveRoom((room) => room.you.userId === author.id);
  const turn = useLiveRoom((room) => turnReplacing(room, messageId));
  const editing = useDesk((desk) => desk.editing?.messageId === messageId);
  const hasNotice = useLiveRoom((room) => unfinishedAt(room, messageId) !== undefined);
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
      {quotes && message.replyTo !== undefined ? <ReplyQuote messageId={message.replyTo} /> : null}
      {turn === undefined ? (
        <>
          {editing ? (
            <MessageEditor message={message} />
          ) : (
            <div className="message-text markdown" data-message-text>
              <Markdown text={message.text} />
            </div>
          )}
          {message.truncated && !hasNotice ? (
            <p className="message-note">This reply was cut short. What had been written is kept.</p>
          ) : null}
        </>
      ) : (
        <Rewriting message={message} turn={turn} />
      )}
      <NoticeLine message={message} />
      <VersionArrows message={message} busy={turn !== undefined} />
      {message.versions.length === 0 ? null : <Versions message={message} />}
      {editing ? null : <MessageActions message={message} busy={turn !== undefined} />}
    </MessageFrame>
  );
});

function Marks({ message }: { message: TimelineMessage }) {
  return (
    <>
      {message.interjectionOf === undefined ? null : <span className="message-mark">put in a word</span>}
      {message.addressee === undefined || message.addressee.by === 'only' ? null : (
        <span className="message-mark why">answers because {message.addressee.reason}</span>
      )}
      {message.edited ? <span className="message-mark">edited</span> : null}
      {message.version !== undefined && message.version > 1 ? (
        <span className="message-mark">version {message.version}</span>
      ) : null}
      {message.fallback ? (
        <span className="message-mark" title="The first model endpoint did not answer">
          by the fallback model
        </span>
      ) : null}
    </>
  );
}
