import { system } from './command.ts';
import type { MessageData, NewEvent, Outcome } from './event.ts';
import { replyTo, strayInterjections, withdrawn } from './messages.ts';
import type { RoomState, TimelineMessage, Turn } from './room-state.ts';
import { findMessage, findPlace } from './room-state.ts';
import { currentScene } from './scene-change.ts';
import { subjectOf } from './turns.ts';

/** What a turn says comes to: its events or, when there is no place for it any more, why not. */
export type Words = { events: NewEvent[]; lost?: string };

/**
 * Where the words of a turn go: a first reply at the end, a reply that is written anew in the place of the old one, an
 * interjection beside what it is about. Text that is not whole is kept, but does not take the place of what is.
 */
export function wordsOf(
  state: RoomState,
  turn: Turn,
  outcome: Outcome,
  message: MessageData | undefined,
): Words {
  if (message === undefined || message.text.trim() === '') return { events: [] };
  // Said before, by the holder that this one succeeded.
  if (findPlace(state, message.messageId) !== undefined) return { events: [] };
  if (!state.bots.some(({ botId }) => botId === message.author.id)) {
    return { events: [], lost: `${message.author.name} has left the room.` };
  }
  if (message.interjectionOf !== undefined) return interjection(state, turn, outcome, message);
  const reply = turn.status === 'running' ? { ...message, addressee: turn.addressee } : message;
  const { trigger } = turn;
  if ('messageId' in trigger) return firstReply(state, turn, trigger.messageId, outcome, reply);
  return 'regenerate' in trigger
    ? rewritten(state, turn, trigger.regenerate, outcome, reply)
    : { events: [], lost: 'A refresh of the brief has no words.' };
}

function firstReply(
  state: RoomState,
  { turnId }: Turn,
  cause: string,
  outcome: Outcome,
  message: MessageData,
): Words {
  if (findMessage(state, cause) === undefined) {
    return { events: [], lost: 'The message it answered is no longer there.' };
  }
  // Asked again while the first answer was being written: that one has been read as it was, and gives way.
  const before = replyTo(state, cause);
  if (before !== undefined) return replacing(turnId, before, outcome, message);
  const actor = { type: 'bot' as const, id: message.author.id };
  const data = { ...message, replyTo: cause, version: 1, ...currentScene(state) };
  return { events: [{ kind: 'message.posted', actor, turnId, cause, data }] };
}

function rewritten(
  state: RoomState,
  { turnId }: Turn,
  oldId: string,
  outcome: Outcome,
  message: MessageData,
): Words {
  const old = findPlace(state, oldId);
  if (old === undefined)
    return { events: [], lost: 'The reply that was being rewritten is no longer there.' };
  return replacing(turnId, old, outcome, message);
}

/** Words that are not whole do not take the place of what is. */
function replacing(turnId: string, old: TimelineMessage, outcome: Outcome, message: MessageData): Words {
  return { events: outcome === 'completed' ? [replacement(turnId, old, message, old.interjectionOf)] : [] };
}

function replacement(
  turnId: string,
  old: TimelineMessage,
  message: MessageData,
  interjectionOf: string | undefined,
): NewEvent {
  const data = {
    ...message,
    ...(old.replyTo === undefined ? {} : { replyTo: old.replyTo }),
    ...(interjectionOf === undefined ? {} : { interjectionOf }),
    ...sceneOf(old),
    version: Math.max(old.version ?? 1, old.versions.length) + 1,
  };
  return {
    kind: 'message.replaced',
    actor: { type: 'bot', id: message.author.id },
    turnId,
    ...(old.cause === undefined ? {} : { cause: old.cause }),
    data: { supersedes: old.messageId, message: data, reason: 'regenerate' },
  };
}

function interjection(state: RoomState, turn: Turn, outcome: Outcome, message: MessageData): Words {
  const on = findMessage(state, message.interjectionOf ?? '');
  if (on === undefined) return { events: [], lost: 'What it put in a word on is no longer there.' };
  const { cause } = on;
  const old =
    cause === undefined
      ? undefined
      : strayInterjections(state, cause).find(({ author }) => author.id === message.author.id);
  if (old !== undefined) {
    return outcome === 'completed'
      ? { events: [replacement(turn.turnId, old, message, message.interjectionOf)] }
      : { events: [] };
  }
  // Others may have written since: it stands beside what it is about all the same.
  const isLast = state.messages.at(-1)?.messageId === on.messageId;
  const place = isLast ? currentScene(state) : { ...sceneOf(on), place: { seq: on.seq } };
  const data = { ...message, version: 1, ...place };
  return {
    events: [
      {
        kind: 'message.posted',
        actor: { type: 'bot', id: message.author.id },
        turnId: turn.turnId,
        ...(cause === undefined ? {} : { cause }),
        data,
      },
    ],
  };
}

/** The scene of a place, for what comes to stand there. */
function sceneOf({ scene }: TimelineMessage): { scene?: string } {
  return scene === undefined ? {} : { scene };
}

/** Interjections that the turn's group has left over: what they were about is gone, and nothing took their place. */
export function leftOver(state: RoomState, turn: Turn): NewEvent[] {
  const { trigger } = turn;
  const cause = 'messageId' in trigger ? trigger.messageId : findPlace(state, subjectOf(trigger))?.cause;
  return cause === undefined
    ? []
    : strayInterjections(state, cause).map((message) => withdrawn(system, message));
}
