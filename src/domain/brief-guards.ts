import type { Document } from './document/document.ts';
import { nearDuplicate, sizeOf } from './document/growth.ts';
import { applyOperations } from './document-ops.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { limits } from './limits.ts';
import type { RoomState } from './room-state.ts';

type Known = Pick<RoomState, 'brief' | 'facts' | 'messages'>;

/** What a model's operations came to: `kept` are those that were applied, `failed` the others, as they were given. */
export type GuardedOutcome = {
  document: Document;
  applied: JsonObject[];
  skipped: JsonObject[];
  kept: unknown[];
  failed: unknown[];
};

/**
 * Applies a model's operations to the brief. They may do less than a person's: they do not let it grow past its size, say
 * again what it says, or rest on what is not there.
 */
export function applyGuarded(state: Known, operations: readonly unknown[]): GuardedOutcome {
  const known = new Set([
    ...state.facts.map(({ factId }) => factId),
    ...state.messages.map(({ messageId }) => messageId),
  ]);
  const outcome: GuardedOutcome = {
    document: state.brief.document,
    applied: [],
    skipped: [],
    kept: [],
    failed: [],
  };
  for (const operation of operations.slice(0, limits.documentOperations)) {
    const reason = refusal(operation, outcome.document, known);
    const { document, applied, skipped } =
      reason === undefined
        ? applyOperations(outcome.document, [operation])
        : { document: outcome.document, applied: [], skipped: [{ ...told(operation), reason }] };
    outcome.document = document;
    outcome.applied.push(...applied);
    outcome.skipped.push(...skipped);
    (applied.length > 0 ? outcome.kept : outcome.failed).push(operation);
  }
  return outcome;
}

function refusal(operation: unknown, document: Document, known: ReadonlySet<string>): string | undefined {
  if (!isJsonObject(operation)) return undefined;
  const { op, text, rests_on: rests } = operation;
  const adds = op === 'append_block' || op === 'insert_block' || op === 'add_section';
  if (adds && sizeOf(document) + JSON.stringify(operation).length > limits.brief) {
    return 'the brief is full: shorten it first';
  }
  if (Array.isArray(rests) && rests.length > 0 && !rests.some((id) => known.has(String(id)))) {
    return 'rests on nothing that is known';
  }
  if (op !== 'append_block' && op !== 'insert_block') return undefined;
  const twin = typeof text === 'string' ? nearDuplicate(document, text) : undefined;
  return twin === undefined ? undefined : `block ${twin.block.id} says this already`;
}

/** An operation without its text. */
function told(operation: unknown): JsonObject {
  if (!isJsonObject(operation)) return {};
  const { text: _text, blocks: _blocks, ...rest } = operation;
  return rest;
}
