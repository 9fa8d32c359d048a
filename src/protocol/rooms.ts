import { z } from 'zod';
import { limits } from '../domain/limits.ts';
import { roleSchema } from '../domain/roles.ts';
import { memberSchema, roomBotSchema, roomSchema } from '../domain/room-state.ts';
import { settingsPatchSchema, templateSchema } from '../domain/settings.ts';
import { idSchema, titleSchema } from '../domain/text.ts';

/** `POST /api/rooms`: `bots` are ids of the caller's bots, the first is the host; without any list, the template says who is there. */
export const newRoomBody = z.object({
  title: titleSchema,
  template: templateSchema.default('blank'),
  settings: settingsPatchSchema.default({}),
  bots: z.array(idSchema).max(limits.bots).optional(),
});
export const newRoomResult = z.object({ room: roomSchema });

/** `GET /api/rooms`: the rooms the caller is in, the last active first. */
export const roomListItemSchema = z.object({
  id: z.string(),
  title: z.string(),
  role: roleSchema,
  /** When the room last changed. */
  updatedAt: z.string(),
});
export type RoomListItem = z.infer<typeof roomListItemSchema>;
export const roomListResult = z.object({ rooms: z.array(roomListItemSchema) });

/** `GET /api/rooms/:id`: `role` is the caller's. */
export const roomResult = z.object({
  room: roomSchema,
  members: z.array(memberSchema),
  bots: z.array(roomBotSchema),
  role: roleSchema,
});

/** `GET /api/rooms/:id/events` */
export const eventsQuery = z.object({
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});

export const chatFormats = ['jsonl', 'sillytavern'] as const;

/** `GET /api/rooms/:id/export` */
export const exportQuery = z.object({ format: z.enum([...chatFormats, 'markdown']).default('jsonl') });

/** `POST /api/rooms/import`: `data` is the file; its format is found out unless it is told. */
export const importRoomBody = z.object({
  title: titleSchema.optional(),
  format: z.enum(chatFormats).optional(),
  data: z.string(),
});
