import { createStore } from 'zustand/vanilla';
import type { TaskKind } from '../../../src/domain/task.ts';
import { type AskTalk, noTalk } from './ask.ts';
import type { BlockEdit } from './brief.ts';
import type { FactEdit, FactWords } from './facts.ts';
import type { AnswerEdit, Promotion } from './tasks.ts';
import type { Upload } from './uploads.ts';

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
  | { what: 'people'; after?: string }
  | { what: 'relationships' }
  | { what: 'known' }
  | { what: 'library' }
  | { what: 'memories'; botId: string }
  | { what: 'ask' };

/** What is opened over the conversation. */
export type Panel =
  | Beside
  /** `chunkId`: the passage it is opened at. `after`: what lay over the conversation before, and comes back. */
  | { what: 'source'; sourceId: string; chunkId: string | undefined; after: Panel | undefined }
  | { what: 'invite' }
  | { what: 'settings' }
  | { what: 'scene' };

/** What is being written by an id of what it is about. */
export type Edits<T> = Readonly<Record<string, T>>;

/** What the person at this tab is about to do in the room, and looks at by themselves; nothing of it has been sent. */
export type Desk = {
  editing?: Editing | undefined;
  /** A message, or a question or check that the next message answers. */
  replyTo?: string | undefined;
  asking?: Asking | undefined;
  /** The version looked at, by the message that stands in its place, where that is another. */
  looking?: Readonly<Record<string, string>>;
  panel?: Panel | undefined;
  /** `usual`: what a room of this kind shows as long as nobody chooses. */
  beside: Beside | 'usual' | undefined;
  note?: FactWords | undefined;
  task?: { kind: TaskKind; text: string } | undefined;
  facts: Edits<FactEdit>;
  answers: Edits<AnswerEdit>;
  promotions: Edits<Promotion>;
  /** Paragraphs of the brief, by their id or by the place of a new one. */
  blocks: Edits<BlockEdit>;
  /** Files on their way into the library. */
  uploads: readonly Upload[];
  /** What is asked on the side. */
  ask: AskTalk;
  /** An answer from there on its way into the message box. */
  brought?: string | undefined;
  section?: { heading: string; text: string } | undefined;
};

export function createDesk() {
  return createStore<Desk>()(() => ({
    beside: 'usual',
    facts: {},
    answers: {},
    promotions: {},
    blocks: {},
    uploads: [],
    ask: noTalk,
  }));
}

/** The edits with one more, or with another one in its place, or without it. */
export function withEdit<T>(edits: Edits<T>, id: string, edit: T | undefined): Edits<T> {
  const { [id]: _before, ...others } = edits;
  return edit === undefined ? others : { ...others, [id]: edit };
}
