import { useEffect, useRef, useState } from 'react';
import { KibitzError } from '../../../src/lib/errors.ts';
import { api } from '../api/api.ts';
import { live, useApp } from '../app/client.ts';
import { EndPage } from '../app/end-page.tsx';
import { NameForm } from '../app/name-form.tsx';
import { navigate } from '../app/router.tsx';
import { findSession } from '../app/session.ts';
import { TopBar } from '../app/top-bar.tsx';
import { Button } from '../ui/button.tsx';
import { useAction } from '../ui/use-action.ts';

const dead = new Set(['gone', 'not_found', 'invalid']);

/** Where an invite's link leads. Those who are signed in go straight on; others say their name first. */
export function JoinPage({ token }: { token: string }) {
  const signedIn = useApp((state) => state.session.status === 'in');
  const [refusal, setRefusal] = useState<string>();
  const asked = useRef(false);
  const { error, run } = useAction();

  async function join(name?: string): Promise<void> {
    try {
      const { roomId } = await api.join({ token, ...(name === undefined || name === '' ? {} : { name }) });
      if (!signedIn) await findSession();
      else live.connect();
      navigate(`/rooms/${roomId}`, 'replace');
    } catch (thrown) {
      if (!(thrown instanceof KibitzError) || !dead.has(thrown.code)) throw thrown;
      if (thrown.code === 'invalid' && !signedIn) throw thrown;
      setRefusal(thrown.message);
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: an invite is used once, also where effects run twice
  useEffect(() => {
    document.title = 'Join a room · Kibitz';
    if (!signedIn || token === '' || asked.current) return;
    asked.current = true;
    void run(() => join());
  }, []);

  if (token === '') {
    return (
      <EndPage
        title="This link is not complete"
        text="Part of it was lost on the way. Ask for the whole link."
      />
    );
  }
  if (refusal !== undefined) {
    return (
      <EndPage
        title="This invitation is no longer good"
        text={`${refusal} Ask whoever sent the link for a new one.`}
      />
    );
  }
  return (
    <div className="page">
      <TopBar />
      <main className="page-middle landing">
        <h1>You are invited</h1>
        {signedIn ? (
          <>
            <p className="lead" role="status">
              {error ?? 'Taking you to the room…'}
            </p>
            {error === undefined ? null : (
              <Button look="primary" onClick={() => void run(() => join())}>
                Try again
              </Button>
            )}
          </>
        ) : (
          <>
            <p className="lead">Somebody wants you in their room. What should the others call you?</p>
            <NameForm
              action="Join the room"
              optional
              hint="If you only watch, you may leave it empty."
              onName={(name) => join(name)}
            />
          </>
        )}
      </main>
    </div>
  );
}
