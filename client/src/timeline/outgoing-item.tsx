import { live, useApp } from '../app/client.ts';
import { Markdown } from '../markdown/markdown.tsx';
import { useLiveRoom } from '../room/room-context.ts';
import type { Outgoing } from '../store/outbox.ts';
import { memberOf } from '../store/selectors.ts';
import { Button } from '../ui/button.tsx';
import { MessageFrame } from './message-frame.tsx';
import { ReplyQuote } from './reply-quote.tsx';

/** One's own message before the log has it. */
export function OutgoingItem({ outgoing }: { outgoing: Outgoing }) {
  const userId = useLiveRoom((room) => room.you.userId);
  const name = useLiveRoom((room) => memberOf(room).name);
  const online = useApp((state) => state.link === 'online');
  const waits = outgoing.status === 'waiting';
  return (
    <MessageFrame
      author={{ type: 'user', id: userId, name }}
      you
      data-pending={outgoing.status}
      marks={
        outgoing.status === 'refused' ? null : (
          <span className="message-mark message-mark-live">
            {waits && !online ? 'waiting for the connection' : 'sending'}
          </span>
        )
      }
    >
      {outgoing.replyTo === undefined ? null : <ReplyQuote id={outgoing.replyTo} />}
      <div className="message-text markdown">
        <Markdown text={outgoing.text} />
      </div>
      {outgoing.status === 'refused' ? (
        <div className="notice" role="alert">
          <p>Not sent. {outgoing.error}</p>
          <Button small onClick={() => live.retry(outgoing.roomId, outgoing.commandId)}>
            Try again
          </Button>
          <Button small look="quiet" onClick={() => live.discard(outgoing.commandId)}>
            Discard
          </Button>
        </div>
      ) : null}
    </MessageFrame>
  );
}
