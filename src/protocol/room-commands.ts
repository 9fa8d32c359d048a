import { z } from 'zod';
import type { botAdd } from '../domain/commands/bot-add.ts';
import { botRemove } from '../domain/commands/bot-remove.ts';
import { historyRewind } from '../domain/commands/history-rewind.ts';
import { historyUndo } from '../domain/commands/history-undo.ts';
import { memberRemove } from '../domain/commands/member-remove.ts';
import { memberSetRole } from '../domain/commands/member-set-role.ts';
import { messageEdit } from '../domain/commands/message-edit.ts';
import { messagePost } from '../domain/commands/message-post.ts';
import { messageRemove } from '../domain/commands/message-remove.ts';
import { replyRegenerate } from '../domain/commands/reply-regenerate.ts';
import { replySelect } from '../domain/commands/reply-select.ts';
import { roomUpdate } from '../domain/commands/room-update.ts';
import { turnStop } from '../domain/commands/turn-stop.ts';
import { limits } from '../domain/limits.ts';
import { idSchema, storableText } from '../domain/text.ts';
import type { Result } from './result.ts';

/** The commands of a room that come over the wire, each with the arguments it takes. */
export const roomCommandArgs = {
  'message.post': messagePost.args,
  'message.edit': messageEdit.args,
  'reply.regenerate': replyRegenerate.args,
  'message.remove': messageRemove.args,
  'reply.select': replySelect.args,
  'history.rewind': historyRewind.args,
  'history.undo': historyUndo.args,
  'turn.stop': turnStop.args,
  'room.update': roomUpdate.args,
  // The name of a bot is looked up, never taken from a caller.
  'bot.add': z.object({ botId: idSchema, role: z.enum(['host', 'guest']).optional() }) satisfies z.ZodType<
    Omit<z.infer<typeof botAdd.args>, 'name'>
  >,
  'bot.remove': botRemove.args,
  'member.setRole': memberSetRole.args,
  'member.remove': memberRemove.args,
  'scene.open': z.object({
    title: z.string().max(limits.title).optional(),
    place: z.string().max(limits.title).optional(),
    clock: z.string().max(limits.title).optional(),
  }),
  'scene.close': z.object({}),
  'bot.reset': z.object({ botId: idSchema }),
  'room.fork': z.object({ messageId: idSchema.optional(), title: z.string().max(limits.title).optional() }),
} as const;

export type RoomCommandName = keyof typeof roomCommandArgs;
export type RoomCommandArgs<K extends RoomCommandName> = z.infer<(typeof roomCommandArgs)[K]>;

export const roomCommandNames = Object.keys(roomCommandArgs) as RoomCommandName[];

export function isRoomCommandName(name: string): name is RoomCommandName {
  return Object.hasOwn(roomCommandArgs, name);
}

/** What every room command takes beside its own arguments. */
export const roomCommandEnvelope = z.object({
  roomId: idSchema,
  commandId: z
    .string()
    .min(1)
    .max(limits.commandId)
    .refine((id) => storableText(id) === id, 'must be text')
    .optional(),
});

/** What a command's result may hold: ids of what it made, and `seq`, its last event, if it wrote to the log. */
export type RoomCommandResult = Result<{
  seq?: number;
  messageId?: string;
  turnId?: string;
  botId?: string;
  userId?: string;
  role?: string;
  /** How many messages a rewind took, or its undoing brought back. */
  removed?: number;
  restored?: number;
  /** Whether the turn to be stopped runs, and so ends a moment later. */
  running?: boolean;
}>;
