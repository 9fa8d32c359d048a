import { useApp } from './client.ts';
import { DemoBanner } from './demo-banner.tsx';
import { LandingScene } from './landing-scene.tsx';
import { NameForm } from './name-form.tsx';
import { signIn } from './session.ts';
import { TopBar } from './top-bar.tsx';

const hints = {
  room: 'Sign in to see whether this room is open to you.',
  rooms: 'Others see it next to what you write.',
} as const;

/** The way in: a name is enough. */
export function SignInPage({ wants = 'rooms' }: { wants?: keyof typeof hints }) {
  const byInvite = useApp((state) => state.server?.signup === 'invite');
  const ended = useApp(({ session }) => session.status === 'out' && session.ended === true);
  return (
    <div className="page">
      <DemoBanner />
      <TopBar />
      <main className="landing landing-wide">
        <div className="landing-words">
          <h1>
            One conversation.
            <br />
            Everyone is in it.
          </h1>
          <p className="lead">
            Kibitz is a room where several people and their AI talk together. Every tab sees every word as it
            is written. Others watch by link.
          </p>
          {ended ? (
            <p className="note" role="status">
              You were logged out, maybe in another tab.
            </p>
          ) : null}
          {byInvite ? (
            <p className="note">This server takes newcomers by invitation. Open the link you were sent.</p>
          ) : (
            <NameForm action="Come in" hint={hints[wants]} onName={signIn} />
          )}
        </div>
        <LandingScene />
      </main>
    </div>
  );
}
