import type { z } from 'zod';
import type { RoomState } from '../domain/room-state.ts';
import { settingsSchema } from '../domain/settings.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { NewId } from '../lib/ids.ts';
import { parseInput } from '../protocol/parse.ts';
import type { newRoomBody } from '../protocol/rooms.ts';
import type { User } from '../protocol/session.ts';
import type { Bots } from './bots.ts';

type Deps = { eventLog: EventLog; bots: Bots; newId: NewId };

/** Makes a room that belongs to `user`, with bots of theirs in it. */
export function createRoomMaker({ eventLog, bots, newId }: Deps) {
  return async function createRoom(user: User, wanted: z.output<typeof newRoomBody>): Promise<RoomState> {
    const present = await Promise.all([...new Set(wanted.bots)].map((botId) => bots.owned(user.id, botId)));
    const roomId = newId();
    const args = {
      title: wanted.title,
      template: wanted.template,
      settings: parseInput(settingsSchema, wanted.settings),
      ownerName: user.name,
      bots: present.map(({ id, name, greeting }) => ({ botId: id, name, greeting })),
    };
    const actor = { type: 'user' as const, id: user.id };
    await eventLog.handle({ roomId, actor, command: { name: 'room.create', args } });
    return eventLog.stateOf(roomId);
  };
}

export type CreateRoom = ReturnType<typeof createRoomMaker>;
