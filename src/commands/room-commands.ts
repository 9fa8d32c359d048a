import type { Command } from '../domain/decide.ts';
import type { Actor } from '../domain/event.ts';
import { requireRole } from '../domain/permissions.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { CommandRequest, CommandResult } from '../eventlog/handle-command.ts';
import { KibitzError } from '../lib/errors.ts';
import type { Bots } from '../people/bots.ts';
import { parseInput } from '../protocol/parse.ts';
import { type RoomCommandName, roomCommandArgs, roomCommandEnvelope } from '../protocol/room-commands.ts';
import type { StopTurn } from '../turns/stop-turn.ts';

type Deps = { eventLog: EventLog; bots: Bots; stopTurn: StopTurn };

/** Runs a command of the wire for a user. `input` is what the client sent, unchecked. */
export type ExecuteRoomCommand = (
  name: RoomCommandName,
  userId: string,
  input: unknown,
) => Promise<CommandResult>;

type ToCome = 'scene.open' | 'scene.close' | 'bot.reset' | 'room.fork';
const toCome = async (): Promise<CommandResult> => {
  throw new KibitzError('unavailable', 'This command is to come.');
};

/**
 * The one table of room commands, for the socket and HTTP: each parses its arguments, and goes to the log, but for the
 * few that need to look something up first.
 */
export function createRoomCommands({ eventLog, bots, stopTurn }: Deps): ExecuteRoomCommand {
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
    'bot.remove': toLog('bot.remove'),
    'member.setRole': toLog('member.setRole'),
    'member.remove': toLog('member.remove'),
    'scene.open': toCome,
    'scene.close': toCome,
    'bot.reset': toCome,
    'room.fork': toCome,
    async 'bot.add'(request, input) {
      const args = parseInput(roomCommandArgs['bot.add'], input);
      // Before the look for the bot: who may not bring one in is told that, whoever's bot it is.
      requireRole(await eventLog.newestStateOf(request.roomId), request.actor, 'moderator');
      const { name } = await bots.owned(request.actor.id, args.botId);
      return eventLog.handle({ ...request, command: { name: 'bot.add', args: { ...args, name } } });
    },
    async 'turn.stop'(request, input) {
      const args = parseInput(roomCommandArgs['turn.stop'], input);
      return stopTurn({ ...request, command: { name: 'turn.stop', args } }, args.turnId);
    },
  };

  function toLog(name: Exclude<RoomCommandName, 'bot.add' | 'turn.stop' | ToCome>) {
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
