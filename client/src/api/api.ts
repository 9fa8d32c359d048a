import { z } from 'zod';
import type { Bot } from '../../../src/domain/bot.ts';
import { type LoggedEvent, loggedEventSchema } from '../../../src/domain/event.ts';
import type { GrantableRole } from '../../../src/domain/roles.ts';
import type { Template } from '../../../src/domain/settings.ts';
import type { Voice } from '../../../src/domain/voice.ts';
import { botListResult, botResult } from '../../../src/protocol/bots.ts';
import { type Invite, inviteListResult, joinResult, newInviteResult } from '../../../src/protocol/invites.ts';
import { newRoomResult, type RoomListItem, roomListResult } from '../../../src/protocol/rooms.ts';
import { type ServerInfo, serverInfoResult } from '../../../src/protocol/server-info.ts';
import { sessionResult, type User } from '../../../src/protocol/session.ts';
import { type SourceReadResult, sourceReadResult } from '../../../src/protocol/sources.ts';
import { type UsageResult, usageResult } from '../../../src/protocol/usage.ts';
import { request, requestText } from './request.ts';
import { sendFile } from './send-file.ts';

const nothing = z.unknown();
const eventsResult = z.object({ events: z.array(loggedEventSchema) });
const path = (...parts: string[]) => `/api/${parts.map(encodeURIComponent).join('/')}`;

/** The HTTP API, one function a call. Every function throws a KibitzError when it does not succeed. */
export const api = {
  server: (): Promise<ServerInfo> => request('GET', path('server'), serverInfoResult),

  whoAmI: async (): Promise<User> => (await request('GET', path('session'), sessionResult)).user,
  signIn: async (name: string): Promise<User> =>
    (await request('POST', path('session'), sessionResult, { name })).user,
  signOut: async (): Promise<void> => {
    await request('DELETE', path('session'), nothing);
  },

  rooms: async (): Promise<RoomListItem[]> => (await request('GET', path('rooms'), roomListResult)).rooms,
  newRoom: async (body: { title: string; template: Template; bots?: string[] }): Promise<string> =>
    (await request('POST', path('rooms'), newRoomResult, body)).room.id,

  /** At most `limit` events of a room's log after `after`, in order. */
  events: async (roomId: string, after: number, limit: number): Promise<LoggedEvent[]> =>
    (await request('GET', `${path('rooms', roomId, 'events')}?after=${after}&limit=${limit}`, eventsResult))
      .events,

  /** What is known in a room, as a note to pass on. */
  note: (roomId: string): Promise<string> => requestText(path('rooms', roomId, 'note')),
  /** Where the same is as a file. */
  noteAddress: (roomId: string): string => `${path('rooms', roomId, 'note')}?download=1`,

  /** Puts a file into the room's library; `onSent` is told the share of it that has gone. */
  addSource: (roomId: string, file: File, onSent: (share: number) => void): Promise<void> =>
    sendFile(path('rooms', roomId, 'sources'), file, onSent),
  removeSource: async (roomId: string, sourceId: string): Promise<void> => {
    await request('DELETE', path('rooms', roomId, 'sources', sourceId), nothing);
  },
  /** A run of a source's passages: from a place on, or around a passage. */
  readSource: (
    roomId: string,
    sourceId: string,
    wanted: { from: number; limit?: number } | { around: string },
  ): Promise<SourceReadResult> => {
    const query = new URLSearchParams(Object.entries(wanted).map(([name, value]) => [name, `${value}`]));
    return request('GET', `${path('rooms', roomId, 'sources', sourceId)}?${query}`, sourceReadResult);
  },

  /** What the room's calls of models took in the last so many days. */
  usage: (roomId: string, days: number): Promise<UsageResult> =>
    request('GET', `${path('rooms', roomId, 'usage')}?days=${days}`, usageResult),

  bots: async (): Promise<Bot[]> => (await request('GET', path('bots'), botListResult)).bots,
  newBot: async (body: { name: string; persona: string }): Promise<Bot> =>
    (await request('POST', path('bots'), botResult, body)).bot,
  /** Gives a bot of this person another voice, or takes the one it has. */
  setVoice: async (botId: string, voice: Voice | null): Promise<Bot> =>
    (await request('PATCH', path('bots', botId), botResult, { voice })).bot,

  /** A bot from a character card, as JSON or a PNG. */
  importBot: async (card: Blob): Promise<Bot> =>
    (await request('POST', path('bots', 'import'), botResult, card)).bot,
  /** Where the picture of a bot in a room is; there need not be one. */
  avatarAddress: (roomId: string, botId: string): string => path('rooms', roomId, 'bots', botId, 'avatar'),

  invites: async (roomId: string): Promise<Invite[]> =>
    (await request('GET', path('rooms', roomId, 'invites'), inviteListResult)).invites,
  newInvite: (
    roomId: string,
    body: { role: GrantableRole; expiresInHours?: number; maxUses?: number },
  ): Promise<z.infer<typeof newInviteResult>> =>
    request('POST', path('rooms', roomId, 'invites'), newInviteResult, body),
  revokeInvite: async (roomId: string, inviteId: string): Promise<void> => {
    await request('DELETE', path('rooms', roomId, 'invites', inviteId), nothing);
  },
  join: (body: { token: string; name?: string }): Promise<z.infer<typeof joinResult>> =>
    request('POST', path('join'), joinResult, body),
};
