import { useState } from 'react';
import { live } from '../app/client.ts';
import { navigate } from '../app/router.tsx';
import { roleOf } from '../store/room-view.ts';
import { Button } from '../ui/button.tsx';
import { tell, tellError } from '../ui/toasts.tsx';
import { useLiveRoom, useRoomTools } from './room-context.ts';

/** Leaves for good, after asking once. The owner of a room stays. */
export function LeaveRoom() {
  const { roomId } = useRoomTools();
  const userId = useLiveRoom((room) => room.you.userId);
  const owns = useLiveRoom((room) => roleOf(room) === 'owner');
  const title = useLiveRoom((room) => room.state.room.title);
  const [sure, setSure] = useState(false);
  if (owns) return null;
  const leave = async () => {
    try {
      await live.command(roomId, 'member.remove', { userId });
      navigate('/');
      tell(`You left “${title}”`);
    } catch (error) {
      tellError('You are still in the room', error);
    }
  };
  return (
    <Button look="danger" className="push-left" onClick={() => (sure ? void leave() : setSure(true))}>
      {sure ? 'Yes, leave for good' : 'Leave room'}
    </Button>
  );
}
