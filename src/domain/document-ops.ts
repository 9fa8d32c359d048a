import { applyOperation, type Change } from './document/apply-operation.ts';
import { type Document, isSameSection } from './document/document.ts';
import { isRefusal, type Refusal } from './document/find.ts';
import { translated } from './document/older-operations.ts';
import {
  type OperationSummary,
  type SkippedOperation,
  summaryOf,
  summaryOfMalformed,
} from './document/operation-summary.ts';
import { type ParsedOperation, parseOperation } from './document/parse-operation.ts';
import { limits } from './limits.ts';

export type AppliedOperations = {
  document: Document;
  /** Each operation is in one of the two, in the order they were given. */
  applied: OperationSummary[];
  skipped: SkippedOperation[];
  changed: boolean;
};

/**
 * Applies operations one after another, each to what the ones before it made. One that cannot be applied is skipped with the
 * reason and the rest goes on. What no operation names is the same object afterwards, and so is the document when it comes
 * to say the same. Nothing that was passed in is changed or kept.
 */
export function applyOperations(document: Document, operations: readonly unknown[]): AppliedOperations {
  let current = document;
  const applied: OperationSummary[] = [];
  const skipped: SkippedOperation[] = [];
  for (const [index, raw] of operations.entries()) {
    const parsed: ParsedOperation | Refusal =
      index < limits.documentOperations
        ? parseOperation(raw)
        : { reason: `too many operations: at most ${limits.documentOperations}` };
    if (isRefusal(parsed)) {
      skipped.push({ ...summaryOfMalformed(raw), ...parsed });
      continue;
    }
    const summary = summaryOf(parsed.operation);
    const change = applyParsed(current, parsed);
    if (isRefusal(change)) {
      skipped.push({ ...summary, ...change });
      continue;
    }
    current = change.document;
    applied.push({ ...summary, ...(change.assigned_id ? { assigned_id: change.assigned_id } : {}) });
  }
  const after = withSameSections(document, current);
  return { document: after, applied, skipped, changed: after !== document };
}

function applyParsed(document: Document, parsed: ParsedOperation): Change | Refusal {
  if (parsed.form === 'native') return applyOperation(document, parsed.operation);
  const operation = translated(document, parsed.operation);
  return isRefusal(operation) ? operation : applyOperation(document, operation);
}

/** Takes back the sections that came to say again what they said before, and the document if that goes for all of them. */
function withSameSections(before: Document, after: Document): Document {
  if (after === before) return before;
  const old = new Map(before.sections.map((section) => [section.id, section]));
  const sections = after.sections.map((section) => {
    const same = old.get(section.id);
    return same !== undefined && isSameSection(same, section) ? same : section;
  });
  const isSame =
    sections.length === before.sections.length &&
    sections.every((section, index) => section === before.sections[index]);
  return isSame ? before : { ...after, sections };
}
