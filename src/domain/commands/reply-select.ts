import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand, type LeftMessage, system } from '../command.ts';
import type { Actor, NewEvent } from '../event.ts';
import { interjectionsOn, isBeingRegenerated, requireMessage, withdrawn } from '../messages.ts';
import { mayRegenerate, requireRole } from '../permissions.ts';
import type { RoomState, TimelineMessage } from '../room-state.ts';
import { findMessage, findPlace } from '../room-state.ts';
import { idSchema } from '../text.ts';
import { returned } from './history-undo.ts';

/** Shows an earlier version of a reply again, with the interjections there were on it. */
export const replySelect = defineCommand({
  args: z.object({ messageId: idSchema }),
  reach: ({ messageId }) => ({ around: messageId }),
  decide({ messageId }, state, { actor, left }) {
    const member = requireRole(state, actor, 'participant');
    if (findMessage(state, messageId) !== undefined) return { events: [], result: { messageId } };
    const named = left.find((message) => message.messageId === messageId);
    const version = named && spokenOn(state, named, left);
    const current = findPlace(state, version?.messageId ?? messageId);
    // Unknown here, or gone with its place.
    if (version === undefined || current === undefined) requireMessage(state, messageId);
    if (version === undefined || current === undefined || version.author.type !== 'bot') {
      throw new KibitzError('invalid', 'Only a version of a bot’s reply can be chosen.', {
        field: 'messageId',
      });
    }
    const asked = version.cause === undefined ? undefined : findMessage(state, version.cause);
    if (!mayRegenerate(state, member, asked)) {
      throw new KibitzError(
        'forbidden',
        'In this room you may not choose between the versions of this reply.',
      );
    }
    if (isBeingRegenerated(state, current.messageId)) {
      throw new KibitzError(
        'conflict',
        'This reply is being written anew. Wait until that has ended, or stop it.',
      );
    }
    return {
      events: [shown(actor, version, current), ...interjectionsFor(actor, version, current, state, left)],
      result: { messageId },
    };
  },
});

/** A word put in on a version that is not shown comes with that version: it would make no sense without. */
function spokenOn(state: RoomState, version: LeftMessage, left: readonly LeftMessage[]): LeftMessage {
  const { interjectionOf } = version;
  if (interjectionOf === undefined || findMessage(state, interjectionOf) !== undefined) return version;
  const on = left.find((message) => message.messageId === interjectionOf);
  return on === undefined ? version : spokenOn(state, on, left);
}

function shown(actor: Actor, version: LeftMessage, current: TimelineMessage): NewEvent {
  const {
    seq: _seq,
    at,
    edited,
    versions: _versions,
    turnId,
    cause,
    leftBy: _leftBy,
    slot: _slot,
    ...data
  } = version;
  const place = { at, edited, ...(turnId === undefined ? {} : { turnId }) };
  return {
    kind: 'message.replaced',
    actor,
    ...(cause === undefined ? {} : { cause }),
    data: { supersedes: current.messageId, message: { ...data, place }, reason: 'select' },
  };
}

/** Those on the version shown until now leave; those there were on the chosen one come back. */
function interjectionsFor(
  actor: Actor,
  version: LeftMessage,
  current: TimelineMessage,
  state: RoomState,
  left: readonly LeftMessage[],
): NewEvent[] {
  const leaving = interjectionsOn(state, current.messageId);
  const known = new Map(left.map((message) => [message.messageId, message]));
  const isOnVersion = ({ interjectionOf }: TimelineMessage, steps = known.size): boolean => {
    if (interjectionOf === undefined || steps < 0) return false;
    if (interjectionOf === version.messageId) return true;
    const on = known.get(interjectionOf);
    return on !== undefined && isOnVersion(on, steps - 1);
  };
  const latest = new Map<string, LeftMessage>();
  for (const message of left.toSorted((a, b) => a.leftBy - b.leftBy)) {
    // Of several versions of one interjection, the one that stood last.
    if (isOnVersion(message)) latest.set(message.slot, message);
  }
  const returning = [...latest.values()].toSorted((a, b) => a.seq - b.seq);
  return [
    ...leaving.map((message) => withdrawn(system, message)),
    ...returning.map((message) => returned(actor, message)),
  ];
}
