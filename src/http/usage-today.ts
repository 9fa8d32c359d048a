import { atLeast } from '../domain/roles.ts';
import type { RoomState } from '../domain/room-state.ts';
import type { UsageToday } from '../protocol/usage.ts';
import type { ServerBudget } from '../usage/budget-limits.ts';
import { memberSubject, roomSubject, userSubject } from '../usage/subjects.ts';
import type { UsageReports } from '../usage/usage-ledger.ts';

type Given = {
  usage: Pick<UsageReports, 'byUser' | 'spentOn'>;
  serverBudget: ServerBudget;
  state: RoomState;
  names: ReadonlyMap<string, string>;
  /** Who asks: what others took elsewhere is not for them. */
  userId: string;
  day: string;
};

/** What was taken today against each budget there is, by the counters that budgets are held against. */
export async function usageToday(given: Given): Promise<UsageToday> {
  const { usage, serverBudget, state, names, userId, day } = given;
  const roomId = state.room.id;
  const { budget = {} } = state.room.settings;
  const earlier = await usage.byUser({ roomId, since: `${day}T00:00:00.000Z` });
  const people = new Set([
    ...state.members.filter(({ role }) => atLeast(role, 'participant')).map((member) => member.userId),
    ...earlier.flatMap((sum) => (sum.userId === null ? [] : [sum.userId])),
  ]);
  const spent = await usage.spentOn(day, [
    roomSubject(roomId),
    userSubject(userId),
    ...[...people].map((id) => memberSubject(roomId, id)),
  ]);
  const of = (subject: string, limit: number | undefined) => ({
    tokens: spent.get(subject) ?? 0,
    ...(limit === undefined ? {} : { budget: limit }),
  });
  const ofMember = (id: string) => {
    const name = names.get(id);
    return {
      userId: id,
      ...(name === undefined ? {} : { name }),
      ...of(memberSubject(roomId, id), budget.person),
    };
  };
  const { perRoom, perUser } = serverBudget;
  return {
    day,
    room: of(roomSubject(roomId), budget.room),
    ...(perRoom === undefined ? {} : { roomOnServer: of(roomSubject(roomId), perRoom) }),
    people: [...people].map(ofMember).sort((a, b) => b.tokens - a.tokens),
    ...(perUser === undefined ? {} : { youOnServer: of(userSubject(userId), perUser) }),
  };
}
