import { z } from 'zod';
import { applyGuarded } from '../../domain/brief-guards.ts';
import { system } from '../../domain/command.ts';
import { limits } from '../../domain/limits.ts';
import { KibitzError } from '../../lib/errors.ts';
import type { Usage } from '../../llm/language-model.ts';
import { briefQuestion, repairQuestion } from '../brief-question.ts';
import { meterOf } from '../meter.ts';
import type { Stage, TurnContext } from '../turn-context.ts';

/** Milliseconds for each of the two calls. */
const deadline = 25_000;

const answerSchema = z.object({ operations: z.array(z.record(z.string(), z.unknown())) });
type Operation = Record<string, unknown>;

/**
 * Has a model bring the brief up to what is known: by operations, checked one by one. One repair is asked for what was skipped.
 * A call that fails ends the turn; the brief stays as it is.
 */
export const refreshBrief: Stage = {
  name: 'refresh',
  async run(context) {
    const { eventLog, roomId, turn, lease } = context;
    const state = await eventLog.stateOf(roomId);
    const question = briefQuestion(state);
    const first = await ask(context, question);
    const tried = applyGuarded(state, first.operations);
    const second =
      tried.skipped.length === 0
        ? undefined
        : await ask(context, repairQuestion(question, tried.document, tried.skipped)).catch(() => undefined);
    if (first.operations.length > 0 && tried.kept.length === 0 && (second?.operations.length ?? 0) === 0) {
      throw new KibitzError(
        'unavailable',
        'None of the model’s changes could be applied. The brief is as it was; try again.',
      );
    }
    const operations = [...tried.kept, ...(second?.operations ?? tried.failed)];
    const args = {
      turnId: turn.turnId,
      operations: operations.slice(0, limits.documentOperations),
      basedOn: state.stateVersion,
      usage: sum(first.usage, second?.usage),
    };
    await eventLog.handle({
      roomId,
      command: { name: 'turn.refresh', args },
      actor: system,
      turnEpoch: lease.epoch,
    });
    return 'ended';
  },
};

async function ask(
  context: TurnContext,
  messages: ReturnType<typeof briefQuestion>,
): Promise<{ operations: Operation[]; usage: Usage }> {
  const { model, signal, classifierModel } = context;
  const { value, source, usage } = await model.structured(
    {
      task: 'brief',
      meter: meterOf(context, 'brief'),
      schema: answerSchema,
      deadline,
      fallback: { operations: [] },
      messages,
      ...(classifierModel === undefined ? {} : { model: classifierModel }),
    },
    signal,
  );
  if (source === 'default') {
    throw new KibitzError(
      'unavailable',
      'The model did not come up with changes. The brief is as it was; try again.',
    );
  }
  return { operations: value.operations, usage };
}

function sum(a: Usage, b: Usage | undefined): Usage {
  if (b === undefined) return a;
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    estimated: a.estimated || b.estimated,
  };
}
