import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { revised } from '../brief-revised.ts';
import { type Decision, defineCommand } from '../command.ts';
import type { Document } from '../document/document.ts';
import { applyOperations } from '../document-ops.ts';
import type { JsonObject } from '../json.ts';
import { limits } from '../limits.ts';
import { requireRole } from '../permissions.ts';

/** Changes the brief by operations; what none of them names stays as it is. `ifRevision` is the one the caller has seen. */
export const briefApply = defineCommand({
  args: z.object({
    operations: z.array(z.unknown()).max(limits.documentOperations),
    ifRevision: z.int().nonnegative().optional(),
  }),
  decide({ operations, ifRevision }, state, { actor }): Decision<ApplyResult> {
    requireRole(state, actor, 'participant');
    const { brief } = state;
    if (ifRevision !== undefined && ifRevision !== brief.revision) {
      const { revision, document } = brief;
      throw new KibitzError('conflict', 'The brief has changed in the meantime.', { revision, document });
    }
    const { document, applied, skipped, changed } = applyOperations(brief.document, operations);
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

type ApplyResult = {
  revision: number;
  document: Document;
  applied: readonly JsonObject[];
  skipped: readonly JsonObject[];
};
