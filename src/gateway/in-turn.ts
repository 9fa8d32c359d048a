import { KibitzError } from '../lib/errors.ts';
import type { Tab } from './tabs.ts';

/** Runs something for a tab once what the tab asked for before is done. */
export type InTurn = <Answer>(tab: Tab, run: () => Promise<Answer>) => Promise<Answer>;

/**
 * For what may be answered with much: one after the other, with everybody else's events in between, and only while the
 * tab takes the answers (`look` cuts one that does not). Or a single tab that asks for a room over and over fills the
 * memory before anything else runs.
 */
export function createInTurn(look: (tab: Tab) => void): InTurn {
  const last = new WeakMap<Tab, Promise<unknown>>();

  return async (tab, run) => {
    const before = last.get(tab);
    const mine = Promise.withResolvers<void>();
    last.set(tab, mine.promise);
    try {
      if (before !== undefined) {
        await before;
        await new Promise(setImmediate);
        look(tab);
      }
      if (!tab.connected) throw new KibitzError('unavailable', 'This connection is closed.');
      return await run();
    } finally {
      mine.resolve();
    }
  };
}
