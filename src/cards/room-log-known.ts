import { mostStep } from '../domain/commands/turn-settle.ts';
import type { NewConsequence } from '../domain/consequence.ts';
import type { Known } from '../domain/known-events.ts';
import { limits } from '../domain/limits.ts';
import { cutTo, idSchema, storableText } from '../domain/text.ts';
import { KibitzError } from '../lib/errors.ts';

/** Pairs that may see each other; each change of one of them passes through all. */
const mostPairs = 2_000;

const isId = (id: string) => idSchema.safeParse(id).success;
const step = (points: number) => Math.max(-mostStep, Math.min(mostStep, points));
const timeIn = (at: string) => new Date(Date.parse(at) || 0).toISOString();

/** What a file says, with every text in it as it may be stored. */
function storable<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, inner) =>
    typeof inner === 'string' ? storableText(inner) : inner,
  ) as T;
}

/** What follows from the messages of a file, within the sizes that it has when it is written here. */
export function fittingConsequences(consequences: readonly NewConsequence[]): NewConsequence[] {
  const pairs = consequences.map((one) => (one.kind === 'edge' ? `${one.change.from} ${one.change.to}` : ''));
  requireFew(new Set(pairs).size, mostPairs, 'relationships');
  return storable(consequences).map((one): NewConsequence => {
    if (one.kind === 'memory') {
      return { kind: 'memory', memory: { ...one.memory, text: cutTo(limits.memoryText, one.memory.text) } };
    }
    if (one.kind !== 'edge') return one;
    const { affinity, trust, knowledge, summary } = one.change.delta;
    const delta = {
      affinity: step(affinity),
      trust: step(trust),
      knowledge: knowledge.map((text) => cutTo(limits.knowledge, text)),
      ...(summary === undefined ? {} : { summary: cutTo(limits.knowledge, summary) }),
    };
    return { kind: 'edge', change: { ...one.change, delta } };
  });
}

/** What a room knows by a file, within the same sizes; what no room could hold is refused. */
export function fittingKnown(known: Known): Known {
  const { facts, tasks, wordings, brief } = storable(known);
  const sections = brief?.document.sections ?? [];
  const blocks = [
    ...sections.flatMap((section) => section.blocks),
    ...(brief?.aside ?? []).map(({ block }) => block),
  ];
  requireFew(sections.length, 2 * limits.documentSections, 'sections of a brief');
  requireFew(blocks.length, 2 * limits.documentBlocks, 'blocks of a brief');
  return {
    facts: facts
      .filter(({ factId, source }) => isId(factId) && (source.ref === null || isId(source.ref)))
      .map((fact) => ({
        ...fact,
        text: cutTo(limits.factText, fact.text),
        summary: cutTo(limits.factSummary, fact.summary),
        at: timeIn(fact.at),
      })),
    tasks: tasks
      .filter(({ taskId }) => isId(taskId))
      .map((task) => ({
        ...task,
        text: cutTo(limits.taskText, task.text),
        ...(task.answer === undefined ? {} : { answer: cutTo(limits.taskAnswer, task.answer) }),
        at: timeIn(task.at),
      })),
    wordings: wordings.map((one) => ({
      ...one,
      text: cutTo(limits.taskText, one.text),
      before: cutTo(limits.taskText, one.before),
    })),
    ...(brief === undefined ? {} : { brief }),
  };
}

/** Asked while the file is read: what comes back may stand beside as many as there may be, but not much more. */
export function requireFewKnown(count: number): void {
  requireFew(count, 2 * (limits.facts + limits.tasks), 'facts, questions and checks');
}

function requireFew(count: number, most: number, what: string): void {
  if (count > most) {
    throw new KibitzError('too_large', `A chat with more than ${most} ${what} cannot become a room.`);
  }
}
