import { z } from 'zod';
import { timelineMessageSchema } from '../domain/room-state.ts';
import { idSchema } from '../domain/text.ts';

/** `room.history`: the messages of the timeline that stand before place `before` (a message's `seq`), the latest of them. */
export const roomHistoryArgs = z.object({
  roomId: idSchema,
  before: z.int().positive(),
  limit: z.int().min(1).max(200).default(50),
});

/** Oldest first. `more`: whether older ones remain. */
export const roomHistoryResult = z.object({ messages: z.array(timelineMessageSchema), more: z.boolean() });
export type RoomHistoryResult = z.infer<typeof roomHistoryResult>;
