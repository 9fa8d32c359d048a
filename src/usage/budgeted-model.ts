import { KibitzError } from '../lib/errors.ts';
import { noUsage } from '../llm/estimate-usage.ts';
import type {
  ChatRequest,
  LanguageModel,
  StreamPart,
  StructuredRequest,
  StructuredResult,
} from '../llm/language-model.ts';
import type { Budgets, Reservation } from './budgets.ts';
import { isExtra } from './subjects.ts';

/**
 * The same model within budgets: a call that a budget has no room for is not made. What somebody asked for is refused in words; what a
 * turn can do without is left out as if the model had not answered, and leaves what a reply needs untouched, so that no small
 * call strands a reply. Wrapped around all endpoints: an answer by the second one is paid for by what was set aside once.
 */
export function createBudgetedModel(model: LanguageModel, budgets: Budgets): LanguageModel {
  async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<StreamPart> {
    const held = await budgets.reserve(request);
    try {
      yield* model.stream(paidBy(request, held), signal);
    } finally {
      held?.release();
    }
  }

  async function structured<T>(
    request: StructuredRequest<T>,
    signal: AbortSignal,
  ): Promise<StructuredResult<T>> {
    let held: Reservation | undefined;
    try {
      held = await budgets.reserve(request);
    } catch (error) {
      const isLeftOut = request.meter !== undefined && isExtra(request.meter);
      if (!isLeftOut || !(error instanceof KibitzError)) throw error;
      return { value: request.fallback, source: 'default', reason: error.message, usage: noUsage };
    }
    try {
      return await model.structured(paidBy(request, held), signal);
    } finally {
      held?.release();
    }
  }

  return { name: model.name, stream, structured };
}

/** The request, by whose reservation its calls are paid. */
function paidBy<R extends ChatRequest>(request: R, held: Reservation | undefined): R {
  if (held === undefined || request.meter === undefined) return request;
  return { ...request, meter: { ...request.meter, reservation: held.id } };
}
