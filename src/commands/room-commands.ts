import type { Command } from '../domain/decide.ts';
import type { Actor } from '../domain/event.ts';
import { requireRole } from '../domain/permissions.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { CommandRequest, CommandResult } from '../eventlog/handle-command.ts';
import type { Bots } from '../people/bots.ts';
import type { ForkRoom } from '../people/fork-room.ts';
import { parseInput } from '../protocol/parse.ts';
import { type RoomCommandName, roomCommandArgs, roomCommandEnvelope } from '../protocol/room-commands.ts';
import type { DraftFact } from '../turns/draft-fact.ts';
import type { StopTurn } from '../turns/stop-turn.ts';
import { createDraftCommands } from './draft-commands.ts';
import type { RateLimits } from './rate-limits.ts';

type Deps = {
  eventLog: EventLog;
  bots: Bots;
  stopTurn: StopTurn;
  forkRoom: ForkRoom;
  draftFact: DraftFact;
  limits: RateLimits;
};

/** Runs a command of the wire for a user. `input` is what the client sent, unchecked. */
export type ExecuteRoomCommand = (
  name: RoomCommandName,
  userId: string,
  input: unknown,
) => Promise<CommandResult>;

/**
 * The one table of room commands, for the socket and HTTP: each parses its arguments, and goes to the log, but for the
 * few that need to look something up first.
 */
export function createRoomCommands({
  eventLog,
  bots,
  stopTurn,
  forkRoom,
  draftFact,
  limits,
}: Deps): ExecuteRoomCommand {
  const drafts = createDraftCommands({ eventLog, draftFact });
  const requests: {
    [K in RoomCommandName]: (
      request: Omit<CommandRequest, 'command'>,
      input: unknown,
    ) => Promise<CommandResult>;
  } = {
    'message.post': toLog('message.post'),
    'message.edit': toLog('message.edit'),
    'message.remove': toLog('message.remove'),
    'reply.regenerate': toLog('reply.regenerate'),
    'reply.select': toLog('reply.select'),
    'history.rewind': toLog('history.rewind'),
    'history.undo': toLog('history.undo'),
    'room.update': toLog('room.update'),
    'scene.open': toLog('scene.open'),
    'scene.close': toLog('scene.close'),
    'bot.remove': toLog('bot.remove'),
    'bot.reset': toLog('bot.reset'),
    'member.setRole': toLog('member.setRole'),
    'member.remove': toLog('member.remove'),
    'fact.add': toLog('fact.add'),
    'fact.edit': toLog('fact.edit'),
    'fact.remove': toLog('fact.remove'),
    'fact.draft': drafts.draft,
    'fact.promote': drafts.promote,
    'task.add': toLog('task.add'),
    'task.answer': toLog('task.answer'),
    'task.dismiss': toLog('task.dismiss'),
    'brief.apply': toLog('brief.apply'),
    'brief.refresh': toLog('brief.refresh'),
    async 'bot.add'(request, input) {
      const args = parseInput(roomCommandArgs['bot.add'], input);
      const sent = { name: 'bot.add', args };
      // Whatever has become of the bot, or of who brought it in: sent again, it is what it was.
      const first = await eventLog.firstResult(request, sent);
      if (first !== undefined) return first;
      // Before the look for the bot: who may not bring one in is told that, whoever's bot it is.
      requireRole(await eventLog.newestStateOf(request.roomId), request.actor, 'moderator');
      const { name, greeting } = await bots.owned(request.actor.id, args.botId);
      const command = { name: 'bot.add' as const, args: { ...args, name, greeting } };
      return eventLog.handle({ ...request, sent, command });
    },
    async 'room.fork'(request, input) {
      const args = parseInput(roomCommandArgs['room.fork'], input);
      // It costs what an import does.
      await limits.upload(request.actor.id);
      return forkRoom({ ...request, command: { name: 'room.fork', args } });
    },
    async 'turn.stop'(request, input) {
      const args = parseInput(roomCommandArgs['turn.stop'], input);
      return stopTurn({ ...request, command: { name: 'turn.stop', args } }, args.turnId);
    },
  };

  function toLog(
    name: Exclude<RoomCommandName, 'bot.add' | 'fact.draft' | 'fact.promote' | 'room.fork' | 'turn.stop'>,
  ) {
    return async (request: Omit<CommandRequest, 'command'>, input: unknown): Promise<CommandResult> => {
      const command = { name, args: parseInput<unknown>(roomCommandArgs[name], input) } as Command;
      return eventLog.handle({ ...request, command });
    };
  }

  return async (name, userId, input) => {
    const { roomId, commandId } = parseInput(roomCommandEnvelope, input);
    const actor: Actor = { type: 'user', id: userId };
    return requests[name]({ roomId, actor, commandId }, input);
  };
}
