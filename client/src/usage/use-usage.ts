import { useCallback, useEffect, useState } from 'react';
import { asKibitzError, type KibitzError } from '../../../src/lib/errors.ts';
import type { UsageResult } from '../../../src/protocol/usage.ts';
import { api } from '../api/api.ts';

/** A period's usage, and that it is being asked for: while it is, what was there before may be shown. */
export type UsageState = {
  loading: boolean;
  shown?: { days: number; usage: UsageResult };
  error?: KibitzError;
};

/** A room's usage of the last `days` days, and how to ask for it again. The latest question wins. */
export function useUsage(roomId: string, days: number): UsageState & { reload: () => void } {
  const [state, setState] = useState<UsageState>({ loading: true });
  const [asked, setAsked] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` asks again
  useEffect(() => {
    let isOver = false;
    setState(({ shown }) => ({ loading: true, ...(shown === undefined ? {} : { shown }) }));
    api.usage(roomId, days).then(
      (usage) => {
        if (!isOver) setState({ loading: false, shown: { days, usage } });
      },
      (thrown: unknown) => {
        if (!isOver) setState({ loading: false, error: asKibitzError(thrown) });
      },
    );
    return () => {
      isOver = true;
    };
  }, [roomId, days, asked]);
  return { ...state, reload: useCallback(() => setAsked((times) => times + 1), []) };
}
