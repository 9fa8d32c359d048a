import { z } from 'zod';
import { type LoggedEvent, loggedEventSchema } from '../../src/domain/event.ts';
import type { LogReading } from '../../test/support/history/history.ts';
import type { Account } from './account.ts';

const pageSchema = z.object({ events: z.array(loggedEventSchema), head: z.int(), epoch: z.string() });
const pageSize = 1_000;

/** Reads a room's log over HTTP from the event after `after` on; undefined while this process does not answer. */
export async function readLog(
  account: Account,
  by: string,
  roomId: string,
  after = 0,
): Promise<LogReading | undefined> {
  const events: LoggedEvent[] = [];
  for (;;) {
    const from = events.at(-1)?.seq ?? after;
    const path = `/api/rooms/${roomId}/events?after=${from}&limit=${pageSize}`;
    const answer = await account.call(by, 'GET', path);
    if (answer.type !== 'ok') return undefined;
    const page = pageSchema.parse(answer.body);
    events.push(...page.events);
    if (page.events.length < pageSize) return { by, roomId, epoch: page.epoch, events };
  }
}
