import { createStore } from 'zustand/vanilla';

/**
 * A message being edited in place. With `regenerate`, saving also has that reply written anew; without, the server
 * decides whether a reply follows.
 */
export type Editing = { messageId: string; text: string; regenerate?: string };

/** What the person at this tab is about to do in the room; nothing of it has been sent. */
export type Desk = { editing?: Editing | undefined; replyTo?: string | undefined };

export function createDesk() {
  return createStore<Desk>()(() => ({}));
}
