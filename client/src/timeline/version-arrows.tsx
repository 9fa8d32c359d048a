import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import { live } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { powersOver, versionIds } from '../store/selectors.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { tellError } from '../ui/toasts.tsx';

/** Which of its versions a reply shows, and the way to the others: for everybody in the room at once. */
export function VersionArrows({ message, busy }: { message: TimelineMessage; busy: boolean }) {
  const { roomId } = useRoomTools();
  const mayChoose = useLiveRoom((room) => powersOver(room, message).regenerate);
  const ids = versionIds(message);
  if (message.author.type !== 'bot' || ids.length < 2) return null;
  const index = ids.indexOf(message.messageId);
  const show = (messageId: string | undefined) => {
    if (messageId === undefined) return;
    live
      .command(roomId, 'reply.select', { messageId })
      .catch((error: unknown) => tellError('The version stays as it is', error));
  };
  const arrow = (label: string, to: string | undefined, icon: ReactNode) =>
    mayChoose ? (
      <IconButton label={label} disabled={busy || to === undefined} onClick={() => show(to)}>
        {icon}
      </IconButton>
    ) : null;
  return (
    <fieldset className="version-arrows" aria-label="Versions of this reply">
      {arrow('Earlier version', ids[index - 1], <ChevronLeft />)}
      <span>
        <span className="visually-hidden">Version </span>
        {index + 1}
        <span aria-hidden="true">/</span>
        <span className="visually-hidden"> of </span>
        {ids.length}
      </span>
      {arrow('Later version', ids[index + 1], <ChevronRight />)}
    </fieldset>
  );
}
