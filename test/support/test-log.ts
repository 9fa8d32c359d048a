import type { Database } from '../../src/db/database.ts';
import type { Command } from '../../src/domain/decide.ts';
import { type Actor, isKnown, type RoomEvent } from '../../src/domain/event.ts';
import { settingsSchema } from '../../src/domain/settings.ts';
import { createEventLog, type EventLog } from '../../src/eventlog/event-log.ts';
import type { CommandRequest } from '../../src/eventlog/handle-command.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import { createRecordedLog } from './silent-log.ts';

export const ann: Actor = { type: 'user', id: 'ann' };

/** An event log on an open database, as one process has it. */
export function openLog(db: Database): EventLog {
  return createEventLog({ db, clock: systemClock, newId: randomId, log: createRecordedLog() });
}

export const bot = { id: 'bot1', name: 'Kibitz', persona: 'Helpful.' };

/** Makes a room that belongs to Ann, with the bot in it, and returns its id. */
export async function makeRoom(log: EventLog, bots = [{ botId: bot.id, name: bot.name }]): Promise<string> {
  const roomId = randomId();
  const settings = settingsSchema.parse({});
  const args = { title: 'A room', template: 'blank', settings, ownerName: 'Ann', bots } as const;
  await log.handle({ roomId, actor: ann, command: { name: 'room.create', args: { ...args, bots } } });
  return roomId;
}

export function post(roomId: string, text: string, more: Partial<CommandRequest> = {}): CommandRequest {
  const command: Command = { name: 'message.post', args: { text } };
  return { roomId, actor: ann, command, ...more };
}

/** The whole log of a room. */
export async function wholeLog(log: EventLog, roomId: string): Promise<RoomEvent[]> {
  const events = await log.eventsAfter(roomId, 0, 100_000);
  return events.filter(isKnown);
}
