import { z } from 'zod';
import type { botAdd } from '../domain/commands/bot-add.ts';
import { botRemove } from '../domain/commands/bot-remove.ts';
import { botReset } from '../domain/commands/bot-reset.ts';
import { briefApply } from '../domain/commands/brief-apply.ts';
import { briefRefresh } from '../domain/commands/brief-refresh.ts';
import { factAdd } from '../domain/commands/fact-add.ts';
import { factDraft } from '../domain/commands/fact-draft.ts';
import { factEdit } from '../domain/commands/fact-edit.ts';
import { factPromote } from '../domain/commands/fact-promote.ts';
import { factRemove } from '../domain/commands/fact-remove.ts';
import { historyRewind } from '../domain/commands/history-rewind.ts';
import { historyUndo } from '../domain/commands/history-undo.ts';
import { memberRemove } from '../domain/commands/member-remove.ts';
import { memberSetRole } from '../domain/commands/member-set-role.ts';
import { messageEdit } from '../domain/commands/message-edit.ts';
import { messagePost } from '../domain/commands/message-post.ts';
import { messageRemove } from '../domain/commands/message-remove.ts';
import { replyRegenerate } from '../domain/commands/reply-regenerate.ts';
import { replySelect } from '../domain/commands/reply-select.ts';
import { roomFork } from '../domain/commands/room-fork.ts';
import { roomUpdate } from '../domain/commands/room-update.ts';
import { sceneClose } from '../domain/commands/scene-close.ts';
import { sceneOpen } from '../domain/commands/scene-open.ts';
import { taskAdd } from '../domain/commands/task-add.ts';
import { taskAnswer } from '../domain/commands/task-answer.ts';
import { taskDismiss } from '../domain/commands/task-dismiss.ts';
import { turnStop } from '../domain/commands/turn-stop.ts';
import type { Document } from '../domain/document/document.ts';
import type { JsonObject } from '../domain/json.ts';
import { limits } from '../domain/limits.ts';
import type { RoomState } from '../domain/room-state.ts';
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
  'scene.open': sceneOpen.args,
  'scene.close': sceneClose.args,
  'turn.stop': turnStop.args,
  'room.update': roomUpdate.args,
  'room.fork': roomFork.args,
  // What a bot is called and says is looked up, never taken from a caller.
  'bot.add': z.object({ botId: idSchema, role: z.enum(['host', 'guest']).optional() }) satisfies z.ZodType<
    Omit<z.infer<typeof botAdd.args>, 'name' | 'greeting'>
  >,
  'bot.remove': botRemove.args,
  'bot.reset': botReset.args,
  'member.setRole': memberSetRole.args,
  'member.remove': memberRemove.args,
  'fact.add': factAdd.args,
  'fact.edit': factEdit.args,
  'fact.remove': factRemove.args,
  'fact.draft': factDraft.args,
  'fact.promote': factPromote.args,
  'task.add': taskAdd.args,
  'task.answer': taskAnswer.args,
  'task.dismiss': taskDismiss.args,
  'brief.apply': briefApply.args,
  'brief.refresh': briefRefresh.args,
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
  sceneId?: string;
  userId?: string;
  role?: string;
  factId?: string;
  taskId?: string;
  /** The room’s state version after the command. */
  stateVersion?: number;
  draft?: { text: string; summary: string };
  revision?: number;
  document?: Document;
  applied?: JsonObject[];
  skipped?: JsonObject[];
  /** How many messages a rewind took, or its undoing brought back. */
  removed?: number;
  restored?: number;
  /** Whether the turn to be stopped runs, and so ends a moment later. */
  running?: boolean;
  /** The room that a fork made. */
  room?: RoomState['room'];
}>;
