import type { TimelineMessage, Unfinished } from '../../../src/domain/room-state.ts';
import { live } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { noticeOf, powersOver } from '../store/selectors.ts';
import { Button } from '../ui/button.tsx';
import { tellError } from '../ui/toasts.tsx';

function wordsFor({ outcome, error, regenerating }: Unfinished, isReply: boolean): string {
  const stands = regenerating ? ' The reply above stands as it was.' : '';
  switch (outcome) {
    case 'failed':
      return `The reply did not come about. ${error ?? 'The model could not be reached.'}${stands}`;
    case 'interrupted':
      return `The server was interrupted while it answered.${isReply ? ' What had been written is kept.' : ''}${stands}`;
    case 'stopped':
      return `Stopped.${isReply ? ' What had been written is kept.' : ''}${stands}`;
  }
}

/** How a turn about this message ended, when it did not simply end well, and what to do about it. */
export function NoticeLine({ message }: { message: TimelineMessage }) {
  const { roomId } = useRoomTools();
  const { messageId, author } = message;
  const notice = useLiveRoom((room) => noticeOf(room, message));
  const mayRegenerate = useLiveRoom((room) => powersOver(room, message).regenerate);
  if (notice === undefined) return null;
  const isReply = author.type === 'bot';
  const again = () =>
    live
      .command(roomId, 'reply.regenerate', { messageId })
      .catch((error: unknown) => tellError('It could not be tried again', error));
  return (
    <div className="notice" data-outcome={notice.outcome}>
      <p>{wordsFor(notice, isReply)}</p>
      {mayRegenerate ? (
        <Button small onClick={() => void again()}>
          Try again
        </Button>
      ) : null}
    </div>
  );
}
