import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import { live } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import type { Notice } from '../store/room-view.ts';
import { powersOver } from '../store/selectors.ts';
import { Button } from '../ui/button.tsx';
import { tellError } from '../ui/toasts.tsx';

function wordsFor({ outcome, error, regenerating }: Notice, isReply: boolean): string {
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
  const { messageId, author, text } = message;
  const notice = useLiveRoom((room) => room.notices.get(messageId));
  const mayRegenerate = useLiveRoom((room) => powersOver(room, message).regenerate);
  const isMine = useLiveRoom((room) => room.you.userId === author.id);
  if (notice === undefined) return null;
  const isReply = author.type === 'bot';
  const again = () => {
    if (!isReply) return live.post(roomId, text);
    live
      .command(roomId, 'reply.regenerate', { messageId })
      .catch((error: unknown) => tellError('It could not be tried again', error));
  };
  return (
    <div className="notice" data-outcome={notice.outcome}>
      <p>{wordsFor(notice, isReply)}</p>
      {(isReply ? mayRegenerate : isMine) ? (
        <Button small onClick={again}>
          {isReply ? 'Try again' : 'Ask again'}
        </Button>
      ) : null}
    </div>
  );
}
