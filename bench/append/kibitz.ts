import { openDatabase } from '../../src/db/open-database.ts';
import type { Actor } from '../../src/domain/event.ts';
import { settingsSchema } from '../../src/domain/settings.ts';
import { createEventLog, type EventLog } from '../../src/eventlog/event-log.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import { loudLog as log } from '../lib/loud-log.ts';
import { type Pace, paceOf } from './pace.ts';
import { textOf } from './rows.ts';

type Writer = { roomId: string; actor: Actor };

/** Makes a room with this many participants beside its owner, without a bot; they are its writers. */
export async function makeRoom(eventLog: EventLog, participants: number): Promise<Writer[]> {
  const roomId = randomId();
  const owner: Actor = { type: 'user', id: randomId() };
  const settings = settingsSchema.parse({});
  const args = { title: 'Bench', template: 'blank' as const, settings, ownerName: 'Owner', bots: [] };
  await eventLog.handle({ roomId, actor: owner, command: { name: 'room.create', args } });
  const writers: Writer[] = [];
  for (let index = 0; index < participants; index += 1) {
    const actor: Actor = { type: 'user', id: randomId() };
    const invitedAt = new Date().toISOString();
    const join = { name: `Writer ${index}`, role: 'participant' as const, invitedAt };
    await eventLog.handle({ roomId, actor, command: { name: 'member.join', args: join } });
    writers.push({ roomId, actor });
  }
  return writers;
}

export async function openEventLog(path: string) {
  const db = await openDatabase(`sqlite:${path}`);
  return { db, eventLog: createEventLog({ db, clock: systemClock, newId: randomId, log }) };
}

/** Has every writer post one message after the other, each when the one before is acknowledged, while `goesOn`. */
async function postWhile(eventLog: EventLog, writers: readonly Writer[], goesOn: (begun: number) => boolean) {
  let begun = 0;
  const write = async ({ roomId, actor }: Writer) => {
    while (goesOn(begun)) {
      begun += 1;
      const command = { name: 'message.post' as const, args: { text: textOf(begun) } };
      await eventLog.handle({ roomId, actor, command, commandId: randomId() });
    }
  };
  await Promise.all(writers.map(write));
  return begun;
}

/** Posts for `ms`; acknowledged events a second, and the microseconds of processor time each took. */
export async function post(eventLog: EventLog, writers: readonly Writer[], ms: number): Promise<Pace> {
  return paceOf((startedAt) => postWhile(eventLog, writers, () => performance.now() - startedAt < ms));
}

export async function postCount(
  eventLog: EventLog,
  writers: readonly Writer[],
  count: number,
): Promise<void> {
  await postWhile(eventLog, writers, (begun) => begun < count);
}
