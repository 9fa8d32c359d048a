import { store, useApp } from '../app/client.ts';
import { EndPage } from '../app/end-page.tsx';
import { navigate } from '../app/router.tsx';
import type { RoomEnd } from '../store/room-view.ts';
import { Button } from '../ui/button.tsx';

const words: Record<RoomEnd['reason'], { title: string; text: string }> = {
  not_found: {
    title: 'There is no such room',
    text: 'Or there is, and you are not in it. If somebody invited you, open the link they sent.',
  },
  removed: {
    title: 'You are not in this room any more',
    text: 'Somebody who looks after the room removed you from it. They can send you a new link.',
  },
  deleted: { title: 'This room is gone', text: 'It was deleted, with everything in it.' },
  signed_out: { title: 'You are logged out', text: 'This browser was logged out, maybe in another tab.' },
  left: { title: 'You left the room', text: 'To come back you need a new link.' },
  unreadable: {
    title: 'This page is out of date',
    text: 'The server says things this page does not understand. Reloading usually helps.',
  },
  refused: { title: 'The room cannot be opened', text: 'The server refused.' },
};

/** Why the room is not shown. */
export function RoomEnded() {
  const why = useApp(({ room }) => (room?.status === 'over' ? room.why : undefined));
  if (why === undefined) return null;
  const { title, text } = words[why.reason];
  return (
    <EndPage title={title} text={text}>
      {why.reason === 'unreadable' ? <Button onClick={() => location.reload()}>Reload</Button> : null}
      {why.reason === 'signed_out' ? (
        <Button
          onClick={() => {
            store.setState({ session: { status: 'out' }, room: undefined });
            navigate('/');
          }}
        >
          Sign in
        </Button>
      ) : null}
    </EndPage>
  );
}
