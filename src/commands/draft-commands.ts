import type { CommandOf } from '../domain/decide.ts';
import type { RoomState } from '../domain/room-state.ts';
import { requireAnswered } from '../domain/tasks.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { CommandRequest, CommandResult } from '../eventlog/handle-command.ts';
import { parseInput } from '../protocol/parse.ts';
import { roomCommandArgs } from '../protocol/room-commands.ts';
import type { DraftFact, DraftInput } from '../turns/draft-fact.ts';

type Request = Omit<CommandRequest, 'command'>;
type Deps = { eventLog: EventLog; draftFact: DraftFact };

/** The commands that have a fact drafted by a model before, or instead of, writing to the log. */
export function createDraftCommands({ eventLog, draftFact }: Deps) {
  /** Under way, by what asks for them: a client whose connection was cut asks again before the first is done. */
  const drafting = new Map<string, Promise<CommandResult>>();

  async function draftOnce(asked: CommandRequest & { command: CommandOf<'fact.draft'> }) {
    const first = await eventLog.handle(asked);
    if (first.draft !== undefined) return first;
    const state = await eventLog.newestStateOf(asked.roomId);
    const draft = await draftFact(draftInput(state, asked.command.args), askerOf(asked));
    return eventLog.complete(asked, { draft });
  }

  return {
    async draft(request: Request, input: unknown): Promise<CommandResult> {
      const args = parseInput(roomCommandArgs['fact.draft'], input);
      const asked = { ...request, command: { name: 'fact.draft' as const, args } };
      const { roomId, actor, commandId } = request;
      if (commandId === undefined) return draftOnce(asked);
      const key = JSON.stringify([roomId, actor.id, commandId, args]);
      const draft = drafting.get(key) ?? draftOnce(asked).finally(() => drafting.delete(key));
      drafting.set(key, draft);
      return draft;
    },

    async promote(request: Request, input: unknown): Promise<CommandResult> {
      const args = parseInput(roomCommandArgs['fact.promote'], input);
      const sent = { name: 'fact.promote' as const, args };
      const first = await eventLog.handle({ ...request, command: sent });
      if (first.factId !== undefined) return first;
      const task = requireAnswered(await eventLog.newestStateOf(request.roomId), args.taskId);
      const { text, summary } = await draftFact(
        { kind: task.kind, asked: task.text, answer: task.answer },
        askerOf(request),
      );
      const drafted = { taskId: args.taskId, text, summary: args.summary ?? summary };
      // In one write with its result: sent again after a crash, it is not another fact.
      return eventLog.handle({ ...request, sent, command: { name: 'fact.promote', args: drafted } });
    },
  };
}

const askerOf = ({ roomId, actor }: Request) => ({ roomId, userId: actor.id });

function draftInput(state: RoomState, args: CommandOf<'fact.draft'>['args']): DraftInput {
  if (args.taskId !== undefined) {
    const { kind, text, answer } = requireAnswered(state, args.taskId);
    return { kind, asked: text, answer };
  }
  return args.check === undefined
    ? { kind: 'question', asked: args.question ?? '', answer: args.answer ?? '' }
    : { kind: 'check', asked: args.check, answer: args.output ?? '' };
}
