import type { Author } from '../event.ts';
import type { RoomState, TimelineMessage } from '../room-state.ts';
import { findPlace } from '../room-state.ts';
import { reach, type Said } from './conversation.ts';
import { readCues } from './cues.ts';
import type { Participant } from './participant.ts';
import { type Structure, structureOf } from './structure.ts';

/** Events by which the beginning of what is heard moves; with `reach` it stays within what a state holds. */
const step = 32;

/** A message whose addressee is asked for; one that is not posted yet has no `seq`. */
export type Asking = { author: Author; text: string; replyTo?: string | undefined; seq?: number };

/** Everybody in a room who can be spoken to; where a person and a bot have one name, the bot has it. */
export function participantsOf({ bots, members }: RoomState): Participant[] {
  const people = members.filter(({ role }) => role !== 'spectator');
  return [
    ...bots.map(({ botId, name }) => ({ id: botId, name })),
    ...people.map(({ userId, name }) => ({ id: userId, name })),
  ];
}

/** What the structure of a room's conversation tells of a message; without `history` only replies and names count. */
export function structureInRoom(message: Asking, state: RoomState, history: boolean): Structure {
  const participants = participantsOf(state);
  const replyTo = authorOf(state, message.replyTo);
  const { seq = Number.POSITIVE_INFINITY } = message;
  const utterance = { by: message.author.id, text: message.text, replyTo };
  if (!history) return structureOf(utterance, [], participants);
  const before = latest(state.messages.filter((other) => other.seq < seq));
  return structureOf(utterance, heard(before, state, participants), participants);
}

/**
 * The messages that count, and some before them: what is heard begins at the same place for a while, so that it need not
 * be worked out again for every message.
 */
function latest(messages: readonly TimelineMessage[]): readonly TimelineMessage[] {
  const first = messages.at(-reach)?.seq ?? 0;
  const start = first - (first % step);
  return messages.filter(({ seq }) => seq >= start);
}

/** The messages as a conversation; whom a bot answered is known, and so is that the answered message was for it. */
function heard(messages: readonly TimelineMessage[], state: RoomState, participants: Participant[]): Said[] {
  const circle = JSON.stringify(participants);
  const answeredBy = new Map<string, string>();
  for (const { author, cause, interjectionOf } of messages) {
    if (author.type === 'bot' && cause !== undefined && interjectionOf === undefined)
      answeredBy.set(cause, author.id);
  }
  const said: Said[] = [];
  for (const message of messages) {
    const { author, messageId, text, interjectionOf, replyTo, cause } = message;
    const isBot = author.type === 'bot';
    const to = authorOf(state, isBot ? (interjectionOf ?? replyTo ?? cause) : replyTo);
    const known = isBot ? to : answeredBy.get(messageId);
    const after = said.at(-1);
    said.push(
      remembered(message, { circle, after, to, known }, () => {
        if (isBot || known !== undefined) {
          return { by: author.id, to: known, isExplicit: known !== undefined, cues: readCues(text) };
        }
        return structureOf({ by: author.id, text, replyTo: to }, said, participants).said;
      }),
    );
  }
  return said;
}

function authorOf(state: RoomState, messageId: string | undefined): string | undefined {
  return messageId === undefined ? undefined : findPlace(state, messageId)?.author.id;
}

/** All that what a message said follows from, beside the message: what was heard before it is in `after`. */
type Ground = { circle: string; after: Said | undefined; to: string | undefined; known: string | undefined };

/** Messages never change, and are heard again with every message that follows them. */
const memory = new WeakMap<TimelineMessage, { ground: Ground; said: Said }>();

function remembered(message: TimelineMessage, ground: Ground, hear: () => Said): Said {
  const old = memory.get(message);
  const keys = Object.keys(ground) as (keyof Ground)[];
  if (old !== undefined && keys.every((key) => old.ground[key] === ground[key])) return old.said;
  const said = hear();
  memory.set(message, { ground, said });
  return said;
}
