import { useEffect } from 'react';
import { Button } from '../ui/button.tsx';
import { Logo } from '../ui/logo.tsx';
import { useAction } from '../ui/use-action.ts';
import { findSession } from './session.ts';

/** The moment before it is known who is here. */
export function Starting() {
  const { error, run, busy } = useAction();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, and again by the button
  useEffect(() => void run(findSession), []);
  return (
    <main className="page-middle starting">
      <Logo />
      {error === undefined ? (
        <p className="visually-hidden" role="status">
          Loading
        </p>
      ) : (
        <>
          <h1 className="visually-hidden">Kibitz</h1>
          <p role="alert">{error}</p>
          <Button look="primary" disabled={busy} onClick={() => void run(findSession)}>
            Try again
          </Button>
        </>
      )}
    </main>
  );
}
