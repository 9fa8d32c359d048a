import { z } from 'zod';
import { factSourceSchema, factStatusSchema } from './fact.ts';
import { limits } from './limits.ts';
import type { RawMarker } from './markers.ts';
import { taskKindSchema } from './task.ts';
import { cutTo, storableText } from './text.ts';

/** Facts, and tasks, that one reply may note. */
const mostOfEach = 5;

/** What a model noted beside its reply. A task with a `taskId` is another wording of that one. */
export const notesSchema = z.object({
  facts: z.array(
    z.object({ text: z.string(), summary: z.string(), status: factStatusSchema, source: factSourceSchema }),
  ),
  tasks: z.array(z.object({ kind: taskKindSchema, text: z.string(), taskId: z.string().optional() })),
});
export type Notes = z.infer<typeof notesSchema>;

const text = (max: number) =>
  z
    .string()
    .transform((value) => cutTo(max, storableText(value).replace(/\s+/g, ' ').trim()))
    .refine((value) => value !== '', 'must not be blank');

/** What stands in a `[PROMOTE]`. */
export const promoteBody = z.object({
  text: text(limits.factText),
  summary: text(limits.factSummary).optional(),
  status: factStatusSchema.optional(),
  /** The id of the question or check it was answered by, if it was. */
  source: z.unknown().optional(),
});

/** What stands in a `[QUESTION]` or a `[CHECK]`. */
export const taskBody = z.object({ text: text(limits.taskText), id: z.string().optional() });

/** What markers say; those that cannot be used are told apart with the reason, for the log. */
export function readNotes(markers: readonly RawMarker[]): { notes: Notes; dropped: string[] } {
  const notes: Notes = { facts: [], tasks: [] };
  const dropped: string[] = [];
  for (const { name, body, isQuoted } of markers) {
    if (isQuoted) {
      dropped.push(`${name}: it was quoted`);
      continue;
    }
    const schema = name === 'PROMOTE' ? promoteBody : taskBody;
    const read = schema.safeParse(parseJson(body));
    if (!read.success) {
      const [issue] = read.error.issues;
      dropped.push(`${name}: ${issue?.path.join('.') || 'JSON'}: ${issue?.message}`);
    } else if (name === 'PROMOTE') {
      if (notes.facts.length < mostOfEach) notes.facts.push(factIn(promoteBody.parse(parseJson(body))));
    } else if (notes.tasks.length < mostOfEach) {
      const { text, id } = taskBody.parse(parseJson(body));
      const kind = name === 'QUESTION' ? 'question' : 'check';
      notes.tasks.push({ kind, text, ...(id === undefined ? {} : { taskId: id }) });
    }
  }
  return { notes, dropped };
}

function factIn({ text, summary, status }: z.infer<typeof promoteBody>): Notes['facts'][number] {
  return {
    text,
    summary: summary ?? 'put together from the conversation',
    status: status ?? 'suspected',
    source: { type: 'ai_synthesis', ref: null },
  };
}

/** The JSON object in a text, whatever is around it: fences, tags, words. */
function parseJson(text: string): unknown {
  const [start, end] = [text.indexOf('{'), text.lastIndexOf('}')];
  if (start === -1 || end < start) return undefined;
  try {
    return JSON.parse(text.slice(start, end + 1));
  } catch {
    return undefined;
  }
}
