import type { Member, TimelineMessage } from '../domain/room-state.ts';

/** The names of those in the room who do more than watch. */
export function peopleIn(members: readonly Pick<Member, 'name' | 'role'>[]): string[] {
  return members.filter(({ role }) => role !== 'spectator').map(({ name }) => name);
}

/** Whom `{{user}}` means among several people: the one who spoke last. */
export function partnerIn(timeline: readonly TimelineMessage[], people: readonly string[]): string {
  return timeline.findLast(({ author }) => author.type === 'user')?.author.name ?? people[0] ?? 'the user';
}
