import type { z } from 'zod';
import { requireRole } from '../domain/permissions.ts';
import type { RoomState } from '../domain/room-state.ts';
import { requireAnswered } from '../domain/tasks.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { CommandRequest, CommandResult } from '../eventlog/handle-command.ts';
import { parseInput } from '../protocol/parse.ts';
import { type factDraftArgs, roomCommandArgs } from '../protocol/room-commands.ts';
import type { DraftFact, DraftInput } from '../turns/draft-fact.ts';

type Request = Omit<CommandRequest, 'command'>;
type Deps = { eventLog: EventLog; draftFact: DraftFact };

/** The commands that have a fact drafted by a model before, or instead of, writing to the log. */
export function createDraftCommands({ eventLog, draftFact }: Deps) {
  return {
    async draft(request: Request, input: unknown): Promise<CommandResult> {
      const args = parseInput(roomCommandArgs['fact.draft'], input);
      const state = await eventLog.newestStateOf(request.roomId);
      requireRole(state, request.actor, 'participant');
      return { draft: await draftFact(draftInput(state, args), askerOf(request)) };
    },

    async promote(request: Request, input: unknown): Promise<CommandResult> {
      const args = parseInput(roomCommandArgs['fact.promote'], input);
      const asked: CommandRequest = { ...request, command: { name: 'fact.promote', args } };
      const first = await eventLog.handle(asked);
      if (first.factId !== undefined) return first;
      const task = requireAnswered(await eventLog.newestStateOf(request.roomId), args.taskId);
      const { text, summary } = await draftFact(
        { kind: task.kind, asked: task.text, answer: task.answer },
        askerOf(request),
      );
      const drafted = { taskId: args.taskId, text, summary: args.summary ?? summary };
      // Under no id of its own: that one belongs to the command as it was asked.
      const { commandId: _, ...rest } = request;
      const command = { name: 'fact.promote' as const, args: drafted };
      return eventLog.complete(asked, await eventLog.handle({ ...rest, command }));
    },
  };
}

const askerOf = ({ roomId, actor }: Request) => ({ roomId, userId: actor.id });

function draftInput(state: RoomState, args: z.output<typeof factDraftArgs>): DraftInput {
  if (args.taskId !== undefined) {
    const { kind, text, answer } = requireAnswered(state, args.taskId);
    return { kind, asked: text, answer };
  }
  return args.check === undefined
    ? { kind: 'question', asked: args.question ?? '', answer: args.answer ?? '' }
    : { kind: 'check', asked: args.check, answer: args.output ?? '' };
}
