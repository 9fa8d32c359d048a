import { isKnown, type LoggedEvent, type RoomEvent } from '../../../src/domain/event.ts';
import type { RoomCommandName } from '../../../src/protocol/room-commands.ts';
import type { Command, CommandSuccess, Findings, History, Violation } from './history.ts';
import type { RoomLog } from './room-log.ts';

type Effect = (event: RoomEvent, command: Command, result: CommandSuccess) => boolean;

/** The event that a command's success promises, by command. What is not named promises only that its `seq` is there. */
const effects: Partial<Record<RoomCommandName, Effect>> = {
  'message.post': (event, { args, userId }, { messageId }) =>
    event.kind === 'message.posted' &&
    event.data.messageId === messageId &&
    event.data.author.id === userId &&
    event.data.text === args.text,
  'message.edit': (event, { args }) =>
    event.kind === 'message.edited' &&
    event.data.messageId === args.messageId &&
    event.data.text === args.text,
  'message.remove': (event, { args }) =>
    event.kind === 'message.removed' &&
    event.data.supersedes === args.messageId &&
    event.data.reason === 'remove',
  'reply.regenerate': (event, { userId }, { turnId }) =>
    event.kind === 'turn.queued' && event.turnId === turnId && event.data.by === userId,
  'reply.select': (event, { args }) =>
    event.kind === 'message.replaced' &&
    event.data.reason === 'select' &&
    event.data.message.messageId === args.messageId,
  'history.rewind': (event, { userId }) =>
    event.actor.id === userId && 'reason' in event.data && event.data.reason === 'rewind',
  'turn.stop': (event, _, { turnId }) => event.kind === 'turn.ended' && event.turnId === turnId,
  'fact.add': (event, { args }, { factId }) =>
    event.kind === 'fact.added' && event.data.factId === factId && event.data.text === args.text,
  'fact.edit': (event, { args }) => event.kind === 'fact.edited' && event.data.factId === args.factId,
  'fact.remove': (event, { args }) => event.kind === 'fact.removed' && event.data.factId === args.factId,
  'fact.promote': (event, _, { factId }) => event.kind === 'fact.added' && event.data.factId === factId,
  'task.add': (event, { args }, { taskId }) =>
    event.kind === 'task.added' && event.data.taskId === taskId && event.data.text === args.text,
  'task.answer': (event, { args }) =>
    event.kind === 'task.answered' && event.data.taskId === args.taskId && event.data.answer === args.answer,
  'task.dismiss': (event, { args }) => event.kind === 'task.dismissed' && event.data.taskId === args.taskId,
};

/** I1: what was acknowledged with a `seq` is in the final log, at or before that number, with the effect that it promised. */
export function checkAcknowledged(history: History, logs: ReadonlyMap<string, RoomLog>): Findings {
  const violations: Violation[] = [];
  let checked = 0;
  for (const command of history.commands) {
    for (const { outcome } of command.attempts) {
      if (outcome.type !== 'ok' || outcome.result.seq === undefined) continue;
      checked += 1;
      const log = logs.get(command.roomId);
      const why = log === undefined ? 'nobody read its log' : missing(command, outcome.result, log);
      if (why === undefined) continue;
      const sentence = `${command.client}'s ${command.name} was acknowledged with seq ${outcome.result.seq}, but ${why}.`;
      violations.push({ invariant: 'I1', sentence, evidence: { command, result: outcome.result } });
      break;
    }
  }
  return { checked, violations };
}

function missing(command: Command, result: CommandSuccess, log: RoomLog): string | undefined {
  const { seq = 0 } = result;
  if (log.at(seq) === undefined) return `the log of ${log.events.length} events has no such event`;
  const effect = effects[command.name];
  if (effect === undefined) return undefined;
  const isEffect = (event: LoggedEvent) => isKnown(event) && effect(event, command, result);
  // From the newest back: it is among the last of its own append, save for what a turn that was joined had queued before.
  const found = log.events.findLast((event) => event.seq <= seq && isEffect(event));
  return found === undefined ? 'no event up to there has its effect' : undefined;
}
