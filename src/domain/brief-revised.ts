import type { Brief } from './brief.ts';
import type { Document } from './document/document.ts';
import type { EventData } from './event.ts';
import type { JsonObject } from './json.ts';

type Outcome = { document: Document; applied: readonly JsonObject[]; skipped: readonly JsonObject[] };

/** What an event tells of the next revision of a brief. */
export function revised(
  brief: Brief,
  { document, applied, skipped }: Outcome,
  reason: 'edit' | 'refresh',
): EventData<'brief.revised'> {
  return {
    revision: brief.revision + 1,
    applied: [...applied],
    skipped: [...skipped],
    document,
    aside: brief.aside,
    reason,
  };
}
