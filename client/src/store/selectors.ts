import type { Actor } from '../../../src/domain/actor.ts';
import { mayEdit, mayRegenerate } from '../../../src/domain/permissions.ts';
import { atLeast } from '../../../src/domain/roles.ts';
import type { Member, TimelineMessage, Turn, Unfinished } from '../../../src/domain/room-state.ts';
import type { Draft } from '../../../src/protocol/room-join.ts';
import { type LiveRoom, roleOf } from './room-view.ts';

/** The person at this tab, as the room knows them now. */
export function memberOf(room: LiveRoom): Member {
  const { userId } = room.you;
  const known = room.state.members.find((member) => member.userId === userId);
  return known ?? { userId, name: '', role: roleOf(room), since: 0 };
}

/** A message by the id it has or had before it was replaced. */
export function messageAt(room: LiveRoom, messageId: string): TimelineMessage | undefined {
  const { timeline } = room;
  return (
    timeline.findLast((message) => message.messageId === messageId) ??
    timeline.findLast(({ versions }) => versions.some((version) => version.messageId === messageId))
  );
}

export function runningTurn(room: LiveRoom): Extract<Turn, { status: 'running' }> | undefined {
  return room.state.turns.find((turn) => turn.status === 'running');
}

/** The turn that will replace a message. */
export function turnReplacing(room: LiveRoom, messageId: string): Turn | undefined {
  return room.state.turns.find(
    (turn) => 'regenerate' in turn.trigger && turn.trigger.regenerate === messageId,
  );
}

/** The live text of a turn: of the message it is at. */
export function draftOf(room: LiveRoom, turnId: string): Draft | undefined {
  let latest: Draft | undefined;
  for (const draft of room.drafts.values()) if (draft.turnId === turnId) latest = draft;
  return latest;
}

/** What there is to say at a message of a turn that did not come to a whole reply. */
export function unfinishedAt(room: LiveRoom, messageId: string): Unfinished | undefined {
  return room.state.unfinished.find((one) => one.messageId === messageId);
}

/** What there is to say at a message. Nothing where its turn had said it all, and was cut short in asking for other words. */
export function noticeOf(room: LiveRoom, message: TimelineMessage): Unfinished | undefined {
  const unfinished = unfinishedAt(room, message.messageId);
  const isWhole =
    message.author.type === 'bot' && message.turnId === unfinished?.turnId && message.truncated !== true;
  return isWhole ? undefined : unfinished;
}

export function botName(room: LiveRoom, botId: string): string {
  const present = room.state.bots.find((bot) => bot.botId === botId)?.name;
  return present ?? room.timeline.findLast(({ author }) => author.id === botId)?.author.name ?? 'The bot';
}

export function personName(room: LiveRoom, userId: string): string {
  if (userId === room.you.userId) return 'you';
  const present = room.state.members.find((member) => member.userId === userId)?.name;
  return present ?? room.timeline.findLast(({ author }) => author.id === userId)?.author.name ?? 'somebody';
}

/** Who did something, by name. */
export function actorName(room: LiveRoom, { type, id }: Actor): string {
  if (type === 'system') return 'Kibitz';
  return type === 'bot' ? botName(room, id) : personName(room, id);
}

/** What the person at this tab may do with a message, as one string so that selecting it is cheap to compare. */
export type Powers = {
  edit: boolean;
  remove: boolean;
  regenerate: boolean;
  editQuestion: string | undefined;
};

export function powersOver(room: LiveRoom, message: TimelineMessage): Powers {
  const member = memberOf(room);
  const remove = message.author.id === member.userId || atLeast(member.role, 'moderator');
  if (message.author.type === 'user') {
    const regenerate = mayRegenerate(room.state, member, message);
    return { edit: mayEdit(member, message), remove, regenerate, editQuestion: undefined };
  }
  const asked = message.cause === undefined ? undefined : messageAt(room, message.cause);
  const regenerate = mayRegenerate(room.state, member, asked);
  const editQuestion =
    regenerate && asked !== undefined && mayEdit(member, asked) ? asked.messageId : undefined;
  return { edit: false, remove, regenerate, editQuestion };
}
