import { z } from 'zod';
import { defineCommand } from '../command.ts';
import { limits } from '../limits.ts';
import { requireRole } from '../permissions.ts';
import { sourceFormats } from '../source.ts';
import { requireNewSource, requireRoomForSource } from '../sources.ts';
import { idSchema, line, titleSchema } from '../text.ts';

/** Tells that a file is in the library; its passages are written alongside. Not on the wire: the file comes over HTTP. */
export const sourceAdd = defineCommand({
  args: z.object({
    sourceId: idSchema,
    title: titleSchema,
    chunks: z.int().positive().max(limits.sourceChunks),
    format: z.enum(sourceFormats),
    author: line(limits.sourceAuthor).optional(),
    category: line(limits.sourceCategory).optional(),
    bytes: z.int().positive(),
  }),
  decide(source, state, { actor }) {
    requireRole(state, actor, 'participant');
    requireNewSource(state, source.sourceId);
    requireRoomForSource(state, source.chunks);
    return { events: [{ kind: 'source.added', actor, data: source }], result: { sourceId: source.sourceId } };
  },
});
