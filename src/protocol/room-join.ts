import { z } from 'zod';
import { loggedEventSchema } from '../domain/event.ts';
import { offeredSourceSchema } from '../domain/offered-source.ts';
import { roleSchema } from '../domain/roles.ts';
import { idSchema } from '../domain/text.ts';
import { snapshotSchema } from './snapshot.ts';

const position = { after: z.int().nonnegative(), epoch: z.string().max(64) };

/** `room.join`: shows a room in this tab. With `after` and `epoch`, only what came since. */
export const roomJoinArgs = z.object({
  roomId: idSchema,
  after: position.after.optional(),
  epoch: position.epoch.optional(),
});
export type RoomJoinArgs = z.infer<typeof roomJoinArgs>;

/** `room.sync`: the same for a tab that shows the room already and noticed a gap. */
export const roomSyncArgs = z.object({ roomId: idSchema, ...position });

/** A reply that is being written, as far as it has come. */
export const draftSchema = z.object({
  turnId: z.string(),
  messageId: z.string(),
  botId: z.string(),
  gen: z.int().nonnegative(),
  text: z.string(),
  /** What of the library it was offered, in rooms that have one. */
  sources: z.array(offeredSourceSchema).optional(),
});
export type Draft = z.infer<typeof draftSchema>;

export const roomJoinResult = z.object({
  you: z.object({ userId: z.string(), role: roleSchema }),
  head: z.int().nonnegative(),
  epoch: z.string(),
  /** The room at `head`, or null when `events` continue from `after`. */
  snapshot: snapshotSchema.nullable(),
  events: z.array(loggedEventSchema),
  drafts: z.array(draftSchema),
});
export type RoomJoinResult = z.infer<typeof roomJoinResult>;

export const roomLeaveArgs = z.object({ roomId: idSchema });
export const typingArgs = z.object({ roomId: idSchema });
