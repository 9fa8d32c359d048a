import { useState } from 'react';
import { asKibitzError } from '../../../src/lib/errors.ts';

/** Runs one thing at a time and keeps what went wrong, to be shown where it was asked for. */
export function useAction() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  async function run(action: () => Promise<void>): Promise<void> {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await action();
    } catch (thrown) {
      setError(asKibitzError(thrown).message);
    } finally {
      setBusy(false);
    }
  }
  return { busy, error, run, clear: () => setError(undefined) };
}
