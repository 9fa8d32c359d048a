import type { z } from 'zod';
import { type Chat, checkSize, maxChatBytes } from '../cards/chat.ts';
import { readSillyTavern } from '../cards/read-sillytavern.ts';
import { isRoomLog, readRoomLog } from '../cards/room-log.ts';
import type { RoomState } from '../domain/room-state.ts';
import { settingsSchema } from '../domain/settings.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import { KibitzError } from '../lib/errors.ts';
import type { NewId } from '../lib/ids.ts';
import type { importRoomBody } from '../protocol/rooms.ts';
import type { User } from '../protocol/session.ts';
import type { Bots } from './bots.ts';
import { engage } from './engage.ts';
import { importIds } from './import-ids.ts';

type Deps = { eventLog: EventLog; bots: Bots; newId: NewId };

/**
 * Makes a room that belongs to `user` out of a chat. Room, messages, what follows from them and the bots it needs are written
 * together or not at all.
 */
export function createRoomImporter({ eventLog, bots, newId }: Deps) {
  return async function importRoom(user: User, wanted: z.output<typeof importRoomBody>): Promise<RoomState> {
    const chat = readChat(user, wanted);
    checkSize(chat);
    const engaged = await engage(
      bots,
      user.id,
      chat.bots.map(({ name }) => ({ name, persona: '' })),
    );
    const idOf = new Map(chat.bots.map(({ botId }, index) => [botId, engaged.bots[index]?.id]));
    const here = importIds({ me: chat.me, here: user.id }, (botId) => idOf.get(botId), newId);
    const messages = chat.messages.map(({ versions, current }) => ({
      current,
      versions: versions.map(here.version),
    }));
    const roomId = newId();
    const args = {
      title: wanted.title ?? chat.title,
      template: chat.room?.template ?? ('blank' as const),
      settings: chat.room?.settings ?? settingsSchema.parse({}),
      ownerName: user.name,
      bots: engaged.bots.map(({ id, name }) => ({ botId: id, name })),
      scenes: chat.scenes,
      scene: chat.scene,
      messages,
      consequences: (chat.consequences ?? []).flatMap(here.consequence),
      ...(chat.known === undefined ? {} : { known: here.known(chat.known) }),
      ...(chat.origin === undefined ? {} : { origin: chat.origin }),
    };
    await eventLog.handle({
      roomId,
      actor: { type: 'user', id: user.id },
      command: { name: 'room.import', args },
      alongside: engaged.insert,
    });
    return eventLog.stateOf(roomId);
  };
}

export type ImportRoom = ReturnType<typeof createRoomImporter>;

function readChat(user: User, { format, data }: z.output<typeof importRoomBody>): Chat {
  if (Buffer.byteLength(data) > maxChatBytes) {
    throw new KibitzError('too_large', `A chat may have ${maxChatBytes / 1024 / 1024} MB.`, {
      field: 'data',
    });
  }
  const isLog = format === undefined ? isRoomLog(data) : format === 'jsonl';
  return isLog ? readRoomLog(data, user) : readSillyTavern(data, user);
}
