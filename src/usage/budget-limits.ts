import { KibitzError } from '../lib/errors.ts';
import type { Meter } from '../llm/language-model.ts';
import { memberSubject, roomSubject, userSubject } from './subjects.ts';

/** Tokens a day, for every room and person of the server; unset means as many as they like. */
export type ServerBudget = { perRoom?: number | undefined; perUser?: number | undefined };

/** Tokens a day that a room's moderators allow it, and each person in it, with the name of who asks. */
export type RoomBudget = {
  room?: number | undefined;
  person?: number | undefined;
  name?: string | undefined;
};

/** A number of tokens a day that a call has to fit in, and how people are told that it does not. */
export type Limit = { subject: string; tokens: number; whose: string; changedBy: string };

const moderators = 'a moderator can raise it in the room’s settings';
const operator = (variable: string) => `whoever runs this server can raise it (${variable})`;

/** The limits on a call, in the order in which counters are locked. */
export function limitsOn({ roomId, userId }: Meter, server: ServerBudget, own: RoomBudget): Limit[] {
  const limits: Limit[] = [];
  const add = (subject: string, tokens: number | undefined, whose: string, changedBy: string) => {
    if (tokens !== undefined) limits.push({ subject, tokens, whose, changedBy });
  };
  const name = own.name === undefined ? 'The asking person’s' : `${own.name}’s`;
  if (roomId !== undefined && userId !== undefined)
    add(memberSubject(roomId, userId), own.person, `${name} budget in this room`, moderators);
  if (roomId !== undefined) {
    add(roomSubject(roomId), own.room, 'This room’s budget', moderators);
    add(
      roomSubject(roomId),
      server.perRoom,
      'This room’s budget on this server',
      operator('DAILY_TOKENS_PER_ROOM'),
    );
  }
  if (userId !== undefined)
    add(
      userSubject(userId),
      server.perUser,
      `${name} budget on this server`,
      operator('DAILY_TOKENS_PER_USER'),
    );
  return limits;
}

const day = 24 * 3_600_000;
/** Seconds after which it is worth another try, when answers that are being written hold what is left. */
const inAMoment = 10;
const count = (tokens: number) => Math.max(0, Math.floor(tokens)).toLocaleString('en');

/** The refusal of a call that a budget has no room for: whose it is, when it is full again, and who can change it. */
export function budgetSpent(limit: Limit, left: number, wanted: number, now: Date): KibitzError {
  const { whose, tokens, changedBy } = limit;
  const retryAfter = Math.ceil((day - (now.getTime() % day)) / 1_000);
  const state =
    left <= 0 ? 'is used up for today' : `has ${count(left)} left today, and this may take ${count(wanted)}`;
  return new KibitzError(
    'rate_limited',
    `${whose}, ${count(tokens)} tokens a day, ${state}. It starts over at 00:00 UTC; ${changedBy}.`,
    { retryAfter },
  );
}

/** The refusal of a call that would fit, were it not for what answers under way may take: most of that is free again soon. */
export function budgetSetAside({ whose, tokens }: Limit, unspent: number, left: number): KibitzError {
  const held = `${count(unspent - left)} of that is set aside for answers that are being written right now`;
  return new KibitzError(
    'rate_limited',
    `${whose}, ${count(tokens)} tokens a day, has ${count(unspent)} left today, but ${held}; try again in a moment.`,
    { retryAfter: inAMoment },
  );
}
