import type { z } from 'zod';
import type { RoomState } from '../domain/room-state.ts';
import { settingsSchema } from '../domain/settings.ts';
import { templateSettings } from '../domain/templates.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { NewId } from '../lib/ids.ts';
import { parseInput } from '../protocol/parse.ts';
import type { newRoomBody } from '../protocol/rooms.ts';
import type { User } from '../protocol/session.ts';
import type { Bots } from './bots.ts';
import { castOf } from './casts/cast-of.ts';
import { type Engaged, engage } from './engage.ts';

type Deps = { eventLog: EventLog; bots: Bots; newId: NewId };

/**
 * Makes a room that belongs to `user`, with bots of theirs in it. Where they do not say which, its template's characters
 * are in it, who become theirs: room and bots are written together or not at all.
 */
export function createRoomMaker({ eventLog, bots, newId }: Deps) {
  return async function createRoom(user: User, wanted: z.output<typeof newRoomBody>): Promise<RoomState> {
    const { title, template } = wanted;
    const settings = parseInput(settingsSchema, { ...templateSettings[template], ...wanted.settings });
    const cast = wanted.bots === undefined ? castOf(template) : undefined;
    const engaged =
      cast === undefined
        ? await ownBots(user, wanted.bots ?? [])
        : await engage(bots, user.id, cast.characters);
    const present = engaged.bots.map(({ id, name, greeting }) => ({ botId: id, name, greeting }));
    const args = { title, template, settings, ownerName: user.name, bots: present, scene: cast?.scene };
    const roomId = newId();
    const actor = { type: 'user' as const, id: user.id };
    const command = { name: 'room.create' as const, args };
    await eventLog.handle({ roomId, actor, command, alongside: engaged.insert });
    return eventLog.stateOf(roomId);
  };

  async function ownBots(user: User, botIds: readonly string[]): Promise<Engaged> {
    const present = await Promise.all([...new Set(botIds)].map((botId) => bots.owned(user.id, botId)));
    return { bots: present, *insert() {} };
  }
}

export type CreateRoom = ReturnType<typeof createRoomMaker>;
