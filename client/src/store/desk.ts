import { createStore } from 'zustand/vanilla';

/**
 * A message being edited in place. With `regenerate`, saving also has that reply written anew; without, the server
 * decides whether a reply follows.
 */
export type Editing = { messageId: string; text: string; regenerate?: string };

/** What somebody has to be asked about before it is done with a message. */
export type Asking = { what: 'remove' | 'rewind' | 'fork'; messageId: string };

/** What is looked up, and may stand beside the conversation where there is room. */
export type Beside =
  /** `after`: the bot whose memories were looked at before. */
  { what: 'people'; after?: string } | { what: 'relationships' } | { what: 'memories'; botId: string };

/** What is opened over the conversation. */
export type Panel = Beside | { what: 'invite' } | { what: 'settings' } | { what: 'scene' };

/** What the person at this tab is about to do in the room, and looks at by themselves; nothing of it has been sent. */
export type Desk = {
  editing?: Editing | undefined;
  replyTo?: string | undefined;
  asking?: Asking | undefined;
  /** The version looked at, by the message that stands in its place, where that is another. */
  looking?: Readonly<Record<string, string>>;
  panel?: Panel | undefined;
  beside: Beside | undefined;
};

export function createDesk() {
  return createStore<Desk>()(() => ({ beside: { what: 'people' } }));
}
