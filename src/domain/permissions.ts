import { KibitzError } from '../lib/errors.ts';
import type { Actor } from './event.ts';
import type { Role } from './roles.ts';
import { atLeast } from './roles.ts';
import type { Member, RoomState, TimelineMessage } from './room-state.ts';
import { findMember } from './room-state.ts';

/** The member who acts. A room is `not_found` to those who are not in it: they may not know that it exists. */
export function requireMember(state: RoomState, actor: Actor): Member {
  const member = actor.type === 'user' ? findMember(state, actor.id) : undefined;
  if (member === undefined) throw unknownRoom();
  return member;
}

/** The member who acts, if their role is at least `least`. */
export function requireRole(state: RoomState, actor: Actor, least: Role): Member {
  const member = requireMember(state, actor);
  if (!atLeast(member.role, least)) throw refusedFor(member.role, least);
  return member;
}

/** Why somebody of this role, or of none, may not do what takes at least `least`; undefined where they may. */
export function refusalOf(role: Role | undefined, least: Role): KibitzError | undefined {
  if (role === undefined) return unknownRoom();
  return atLeast(role, least) ? undefined : refusedFor(role, least);
}

function unknownRoom(): KibitzError {
  return new KibitzError('not_found', 'There is no such room, or you are not in it.');
}

function refusedFor(role: Role, least: Role): KibitzError {
  const message =
    role === 'spectator'
      ? 'You are watching this room. Ask for a participant link to take part.'
      : `Only a ${least === 'owner' ? 'room’s owner' : `${least} or the owner`} may do this.`;
  return new KibitzError('forbidden', message, { role, needs: least });
}

/** Whether a member may change what a message says. */
export function mayEdit(member: Member, message: TimelineMessage): boolean {
  return (
    member.role === 'owner' || (atLeast(member.role, 'participant') && message.author.id === member.userId)
  );
}

/** Whether a member may have a reply written anew, given the message it answers. */
export function mayRegenerate(state: RoomState, member: Member, asked: TimelineMessage | undefined): boolean {
  if (member.role === 'owner') return true;
  switch (state.room.settings.regenerate) {
    case 'anyone':
      return atLeast(member.role, 'participant');
    case 'author':
      return atLeast(member.role, 'participant') && asked?.author.id === member.userId;
    case 'moderators':
      return atLeast(member.role, 'moderator');
  }
}

/** Whether a member may change or end the membership of another: nobody reaches above their own role or the owner. */
export function mayManage(member: Member, other: Member): boolean {
  return atLeast(member.role, 'moderator') && atLeast(member.role, other.role) && other.role !== 'owner';
}
