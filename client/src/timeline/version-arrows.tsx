import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import { live } from '../app/client.ts';
import { useDesk, useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { powersOver } from '../store/selectors.ts';
import { versionsInOrder } from '../store/versions.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { tellError } from '../ui/toasts.tsx';

/**
 * Which of its versions a reply shows, and the way to the others: for everybody at once, or, for those who may not choose,
 * to look at by themselves.
 */
export function VersionArrows({ message, busy }: { message: TimelineMessage; busy: boolean }) {
  const { roomId, desk } = useRoomTools();
  const { messageId } = message;
  const mayChoose = useLiveRoom((room) => powersOver(room, message).regenerate);
  const looking = useDesk((state) => state.looking?.[messageId]);
  const [waits, setWaits] = useState(false);
  const versions = versionsInOrder(message);
  const shown = looking ?? messageId;
  const index = versions.findIndex((version) => version.messageId === shown);
  const choose = async (chosen: string) => {
    setWaits(true);
    await live
      .command(roomId, 'reply.select', { messageId: chosen })
      .catch((error: unknown) => tellError('The version stays as it is', error));
    setWaits(false);
  };
  const look = (chosen: string) =>
    desk.setState((state) => ({ looking: { ...state.looking, [messageId]: chosen } }));
  const go = (by: 1 | -1) => {
    const to = versions[index + by]?.messageId;
    if (to === undefined || busy || waits) return;
    if (mayChoose) void choose(to);
    else look(to);
  };
  const isAway = shown !== messageId;
  return (
    <fieldset className="version-arrows" aria-label="Versions of this reply">
      {/* Not `disabled`: whoever goes by keyboard would be thrown out at the last one. */}
      <IconButton label="Earlier version" aria-disabled={busy || index <= 0} onClick={() => go(-1)}>
        <ChevronLeft />
      </IconButton>
      <span>
        <span className="visually-hidden">Version </span>
        {index + 1}
        <span aria-hidden="true">/</span>
        <span className="visually-hidden"> of </span>
        {versions.length}
      </span>
      <IconButton
        label="Later version"
        aria-disabled={busy || index === versions.length - 1}
        onClick={() => go(1)}
      >
        <ChevronRight />
      </IconButton>
      {isAway ? (
        <button type="button" className="text-button" onClick={() => look(messageId)}>
          Only you see this one. Back to what the room sees
        </button>
      ) : null}
    </fieldset>
  );
}
