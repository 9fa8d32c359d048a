import { mayEdit, mayRegenerate } from '../../../src/domain/permissions.ts';
import type { Member, TimelineMessage, Turn } from '../../../src/domain/room-state.ts';
import type { Draft } from '../../../src/protocol/room-join.ts';
import { type LiveRoom, roleOf } from './room-view.ts';

/** The person at this tab, as the room knows them now. */
export function memberOf(room: LiveRoom): Member {
  const { userId } = room.you;
  const known = room.state.members.find((member) => member.userId === userId);
  return known ?? { userId, name: '', role: roleOf(room) };
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

export function draftOf(room: LiveRoom, turnId: string): Draft | undefined {
  for (const draft of room.drafts.values()) if (draft.turnId === turnId) return draft;
  return undefined;
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

/** What the person at this tab may do with a message, as one string so that selecting it is cheap to compare. */
export type Powers = { edit: boolean; regenerate: boolean; editQuestion: string | undefined };

export function powersOver(room: LiveRoom, message: TimelineMessage): Powers {
  const member = memberOf(room);
  if (message.author.type === 'user') {
    return { edit: mayEdit(member, message), regenerate: false, editQuestion: undefined };
  }
  const asked = message.cause === undefined ? undefined : messageAt(room, message.cause);
  const regenerate = mayRegenerate(room.state, member, asked);
  const editQuestion =
    regenerate && asked !== undefined && mayEdit(member, asked) ? asked.messageId : undefined;
  return { edit: false, regenerate, editQuestion };
}
