import { CSPProvider } from '@base-ui/react/csp-provider';
import { JoinPage } from '../invites/join-page.tsx';
import { RoomPage } from '../room/room-page.tsx';
import { RoomsPage } from '../rooms/rooms-page.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { UsagePage } from '../usage/usage-page.tsx';
import { useApp } from './client.ts';
import { EndPage } from './end-page.tsx';
import { useRoute } from './router.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { Starting } from './starting.tsx';

function Page() {
  const route = useRoute();
  const session = useApp((state) => state.session);
  if (session.status === 'loading') return <Starting />;
  switch (route.page) {
    case 'join':
      return <JoinPage token={route.token} />;
    case 'unknown':
      return (
        <EndPage
          title="There is no such page"
          text="The address may be mistyped, or the link is an old one."
        />
      );
    case 'rooms':
      return session.status === 'in' ? <RoomsPage /> : <SignInPage />;
    case 'usage':
      return session.status === 'in' ? (
        <UsagePage key={route.roomId} roomId={route.roomId} days={route.days} />
      ) : (
        <SignInPage wants="room" />
      );
    case 'room':
      return session.status === 'in' ? (
        <RoomPage
          key={route.roomId}
          roomId={route.roomId}
          messageId={route.messageId}
          known={route.known}
          place={route.place}
        />
      ) : (
        <SignInPage wants="room" />
      );
  }
}

export function App() {
  return (
    <CSPProvider disableStyleElements>
      <Page />
      <Toasts />
    </CSPProvider>
  );
}
