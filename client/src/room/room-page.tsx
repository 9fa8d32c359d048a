import { useEffect, useMemo } from 'react';
import { live, useApp } from '../app/client.ts';
import { createDesk } from '../store/desk.ts';
import { Logo } from '../ui/logo.tsx';
import { LinkStatus } from './link-status.tsx';
import { RoomContext } from './room-context.ts';
import { RoomEnded } from './room-ended.tsx';
import { RoomView } from './room-view.tsx';

type Props = {
  roomId: string;
  messageId?: string | undefined;
  known?: string | undefined;
  place?: string | undefined;
};

/** A room from joining to leaving. */
export function RoomPage({ roomId, messageId, known, place }: Props) {
  const status = useApp(({ room }) => (room?.roomId === roomId ? room.status : 'joining'));
  const tools = useMemo(() => ({ roomId, desk: createDesk() }), [roomId]);
  useEffect(() => live.enter(roomId), [roomId]);
  // Nobody is left to read the answer to a question on the side.
  useEffect(() => () => tools.desk.getState().ask.stop?.(), [tools]);
  if (status === 'over') return <RoomEnded />;
  if (status === 'joining') {
    return (
      <main className="page-middle starting">
        <h1 className="visually-hidden">Room</h1>
        <Logo />
        <p className="visually-hidden" role="status">
          Opening the room
        </p>
        <LinkStatus />
      </main>
    );
  }
  return (
    <RoomContext.Provider value={tools}>
      <RoomView messageId={messageId} known={known} place={place} />
    </RoomContext.Provider>
  );
}
