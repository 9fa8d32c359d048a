import type { Draft } from '../protocol/room-join.ts';

/**
 * Where the text of running replies is kept for other processes, written on the beat on which it is sent to the tabs. Best
 * effort: what cannot be kept is missed by tabs that come late, until the reply stands in the log.
 */
export type DraftStore = {
  /** Keeps a draft as a whole. */
  put(draft: Draft): void;
  /** Text that follows on what is kept. */
  add(turnId: string, text: string): void;
  drop(turnId: string): void;
  read(turnId: string): Promise<Draft | undefined>;
};

/** For a process on its own: its drafts are in its memory anyway. */
export const noDraftStore: DraftStore = { put() {}, add() {}, drop() {}, read: async () => undefined };
