import type { CommandContext, CommandDefinition, Decision, Reach } from './command.ts';
import { botAdd } from './commands/bot-add.ts';
import { botRemove } from './commands/bot-remove.ts';
import { botReset } from './commands/bot-reset.ts';
import { briefApply } from './commands/brief-apply.ts';
import { briefKeep, briefRefresh } from './commands/brief-refresh.ts';
import { factAdd } from './commands/fact-add.ts';
import { factDraft } from './commands/fact-draft.ts';
import { factEdit } from './commands/fact-edit.ts';
import { factPromote } from './commands/fact-promote.ts';
import { factRemove } from './commands/fact-remove.ts';
import { historyRewind } from './commands/history-rewind.ts';
import { historyUndo } from './commands/history-undo.ts';
import { memberJoin } from './commands/member-join.ts';
import { memberRemove } from './commands/member-remove.ts';
import { memberSetRole } from './commands/member-set-role.ts';
import { messageEdit } from './commands/message-edit.ts';
import { messagePost } from './commands/message-post.ts';
import { messageRemove } from './commands/message-remove.ts';
import { replyRegenerate } from './commands/reply-regenerate.ts';
import { replySelect } from './commands/reply-select.ts';
import { roomCreate } from './commands/room-create.ts';
import { roomFork } from './commands/room-fork.ts';
import { roomImport } from './commands/room-import.ts';
import { roomUpdate } from './commands/room-update.ts';
import { sceneClose } from './commands/scene-close.ts';
import { sceneOpen } from './commands/scene-open.ts';
import { sourceAdd } from './commands/source-add.ts';
import { sourceRemove } from './commands/source-remove.ts';
import { taskAdd } from './commands/task-add.ts';
import { taskAnswer } from './commands/task-answer.ts';
import { taskDismiss } from './commands/task-dismiss.ts';
import { turnFinish } from './commands/turn-finish.ts';
import { turnRefresh } from './commands/turn-refresh.ts';
import { turnSay } from './commands/turn-say.ts';
import { turnSettle } from './commands/turn-settle.ts';
import { turnStart } from './commands/turn-start.ts';
import { turnStop } from './commands/turn-stop.ts';
import type { RoomState } from './room-state.ts';

/** Every command there is, by name. Those that come over the wire are listed in `protocol/`. */
export const commands = {
  'room.create': roomCreate,
  'room.import': roomImport,
  'room.update': roomUpdate,
  'room.fork': roomFork,
  'member.join': memberJoin,
  'member.setRole': memberSetRole,
  'member.remove': memberRemove,
  'bot.add': botAdd,
  'bot.remove': botRemove,
  'bot.reset': botReset,
  'message.post': messagePost,
  'message.edit': messageEdit,
  'message.remove': messageRemove,
  'reply.regenerate': replyRegenerate,
  'reply.select': replySelect,
  'history.rewind': historyRewind,
  'history.undo': historyUndo,
  'scene.open': sceneOpen,
  'scene.close': sceneClose,
  'fact.add': factAdd,
  'fact.draft': factDraft,
  'fact.edit': factEdit,
  'fact.remove': factRemove,
  'fact.promote': factPromote,
  'task.add': taskAdd,
  'task.answer': taskAnswer,
  'task.dismiss': taskDismiss,
  'brief.apply': briefApply,
  'brief.refresh': briefRefresh,
  'brief.keep': briefKeep,
  'source.add': sourceAdd,
  'source.remove': sourceRemove,
  'turn.refresh': turnRefresh,
  'turn.stop': turnStop,
  'turn.start': turnStart,
  'turn.say': turnSay,
  'turn.settle': turnSettle,
  'turn.finish': turnFinish,
} as const;

export type CommandName = keyof typeof commands;

type ArgsOf<K extends CommandName> =
  (typeof commands)[K] extends CommandDefinition<infer Args, object> ? Args : never;
export type ResultOf<K extends CommandName> = ReturnType<(typeof commands)[K]['decide']>['result'];

/** A command with its parsed arguments. */
export type Command = { [K in CommandName]: { name: K; args: ArgsOf<K> } }[CommandName];
export type CommandOf<K extends CommandName> = Extract<Command, { name: K }>;

/** The table's entry, its arguments bound to those of the command it is looked up for. */
function definitionOf(command: Command): CommandDefinition<Command['args'], object> {
  return commands[command.name] as CommandDefinition<Command['args'], object>;
}

/** What a command comes to in a state: events or, thrown, the refusal. Pure. */
export function decide(command: Command, state: RoomState, context: CommandContext): Decision {
  return definitionOf(command).decide(command.args, state, context);
}

/** What of the timeline a command must be decided on, beside the state's window. */
export function reachOf(command: Command, state: RoomState): Reach | undefined {
  return definitionOf(command).reach?.(command.args, state);
}
