import { useEffect, useState } from 'react';
import type { Bot } from '../../../src/domain/bot.ts';
import { api } from '../api/api.ts';

/** The bots of this person, once they are known, and a way to have one of them as it is after a change. */
export function useMyBots(): { mine: readonly Bot[]; changed: (bot: Bot) => void } {
  const [mine, setMine] = useState<readonly Bot[]>([]);
  useEffect(() => {
    // Without the list there is nothing of theirs to look at or to change, and the rest goes on.
    api.bots().then(setMine, () => undefined);
  }, []);
  const changed = (bot: Bot) => setMine((bots) => bots.map((known) => (known.id === bot.id ? bot : known)));
  return { mine, changed };
}
