import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { revised } from '../brief-revised.ts';
import { type Decision, defineCommand } from '../command.ts';
import type { Document } from '../document/document.ts';
import { splitMarkdown } from '../document/split-markdown.ts';
import { applyOperations } from '../document-ops.ts';
import type { JsonObject } from '../json.ts';
import { limits } from '../limits.ts';
import { requireRole } from '../permissions.ts';
import { storableText } from '../text.ts';

/** Changes the brief by operations; what none of them names stays as it is. `ifRevision` is the one the caller has seen. */
export const briefApply = defineCommand({
  args: z
    .object({
      operations: z.array(z.unknown()).max(limits.documentOperations).optional(),
      /** What an empty brief is to begin with; the operations come after it. */
      markdown: z.string().max(limits.brief).transform(storableText).optional(),
      ifRevision: z.int().nonnegative().optional(),
    })
    .refine(({ operations, markdown }) => operations !== undefined || markdown !== undefined, {
      path: ['operations'],
      error: 'give operations',
    }),
  decide({ operations = [], markdown, ifRevision }, state, { actor }): Decision<ApplyResult> {
    requireRole(state, actor, 'participant');
    const { brief } = state;
    if (ifRevision !== undefined && ifRevision !== brief.revision) {
      const { revision, document } = brief;
      throw new KibitzError('conflict', 'The brief has changed in the meantime.', { revision, document });
    }
    const begin = markdown === undefined ? brief.document : begun(brief.document, markdown);
    const { document, applied, skipped } = applyOperations(begin, operations);
    const changed = document !== brief.document;
    const revision = brief.revision + (changed ? 1 : 0);
    const result = { revision, document, applied, skipped };
    if (!changed) return { events: [], result };
    return {
      events: [
        { kind: 'brief.revised', actor, data: revised(brief, { document, applied, skipped }, 'edit') },
      ],
      result,
    };
  },
});

/** Markdown as a document, where there is none yet: what is there changes by operations alone. */
function begun(document: Document, markdown: string): Document {
  if (document.sections.some(({ blocks }) => blocks.length > 0)) {
    throw new KibitzError('conflict', 'The brief says something already. Change it part by part.', {
      field: 'markdown',
    });
  }
  return splitMarkdown(markdown);
}

type ApplyResult = {
  revision: number;
  document: Document;
  applied: readonly JsonObject[];
  skipped: readonly JsonObject[];
};
