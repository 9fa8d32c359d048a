import type { NewId } from '../lib/ids.ts';
import type { Actor } from './actor.ts';
import type { NewConsequence } from './consequence.ts';
import type { NewEvent } from './event.ts';
import { limits } from './limits.ts';
import type { Notes } from './notes.ts';
import type { RoomState } from './room-state.ts';
import { asksTheSame } from './same-question.ts';
import { sameQuestion, type Task } from './task.ts';

type Room = Pick<RoomState, 'facts' | 'refusedFacts' | 'tasks'>;
type Said = { cause: string; by: Actor; supersedes?: string };

/**
 * What follows from the words of a turn by what their author noted beside them: facts nobody has written down yet or taken
 * away, and tasks nobody has been given yet or another wording of an open one. `words` are the events that put the words on
 * the timeline; what leaves with the message they replace is noted anew, under its id.
 */
export function noted(
  room: Room,
  words: readonly NewEvent[],
  notes: Notes | undefined,
  newId: NewId,
): NewConsequence[] {
  const said = words.map(messageIn).find((message) => message !== undefined);
  if (said === undefined || notes === undefined) return [];
  return [...notedFacts(room, said, notes.facts, newId), ...notedTasks(room, said, notes.tasks, newId)];
}

function notedFacts(
  { facts, refusedFacts }: Room,
  said: Said,
  notes: Notes['facts'],
  newId: NewId,
): NewConsequence[] {
  const { leaving, staying } = parted(facts, said);
  const isTold = (text: string) =>
    staying.some((fact) => sameQuestion(fact.text, text)) ||
    refusedFacts.some((refused) => sameQuestion(refused, text));
  return distinct(notes, (a, b) => sameQuestion(a.text, b.text))
    .filter(({ text }) => !isTold(text))
    .slice(0, Math.max(0, limits.facts - staying.length))
    .map((fact): NewConsequence => {
      const before = leaving.find(({ text }) => sameQuestion(text, fact.text));
      const factId = before?.factId ?? newId();
      return { kind: 'fact', cause: said.cause, fact: { factId, ...fact }, first: { by: said.by } };
    });
}

function notedTasks({ tasks }: Room, said: Said, notes: Notes['tasks'], newId: NewId): NewConsequence[] {
  const { leaving, staying } = parted(tasks, said);
  const { cause } = said;
  const first = { by: said.by };
  const reworded = new Map<string, NewConsequence>();
  const fresh: NewConsequence[] = [];
  for (const note of distinct(notes, asksTheSame)) {
    const { kind, text } = note;
    const open = openOne(staying, note);
    if (open !== undefined) {
      // Its words may leave with the message that is replaced: then they are given to it again.
      const words = sameQuestion(open.text, text) ? open.text : text;
      const task = { taskId: open.taskId, kind: open.kind, text: words };
      if (!reworded.has(open.taskId))
        reworded.set(open.taskId, { kind: 'task', cause, task, before: open.text, first });
    } else if (!staying.some((task) => isSettled(task, note))) {
      const index = leaving.findIndex((task) => task.kind === kind && asksTheSame(task, note));
      const [before] = index < 0 ? [] : leaving.splice(index, 1);
      fresh.push({ kind: 'task', cause, task: { taskId: before?.taskId ?? newId(), kind, text }, first });
    }
  }
  return [...reworded.values(), ...fresh.slice(0, Math.max(0, limits.tasks - tasks.length))];
}

/** The open task that a note words anew: the one it names, else one that asks the same in nearly the same words. */
function openOne(tasks: readonly Task[], note: Notes['tasks'][number]): Task | undefined {
  const open = tasks.filter(({ status }) => status === 'open');
  const named = open.find(({ taskId }) => taskId === note.taskId);
  if (named !== undefined) return named;
  const same = tasks.filter(({ text }) => sameQuestion(text, note.text));
  if (same.length > 0) return same.find(({ status }) => status === 'open');
  return open.find((task) => asksTheSame(task, note));
}

/** Whether somebody has been asked this, in these words, or did not want to be. */
function isSettled(task: Task, note: Notes['tasks'][number]): boolean {
  return sameQuestion(task.text, note.text) || (task.status === 'dismissed' && asksTheSame(task, note));
}

/** What leaves with the message that the words replace, and the others. */
function parted<T extends { cause?: string | undefined }>(items: readonly T[], { supersedes }: Said) {
  const leaves = ({ cause }: T) => cause !== undefined && cause === supersedes;
  return { leaving: items.filter(leaves), staying: items.filter((item) => !leaves(item)) };
}

function messageIn(event: NewEvent): Said | undefined {
  if (event.kind === 'message.posted') return { cause: event.data.messageId, by: event.actor };
  if (event.kind !== 'message.replaced') return undefined;
  const { message, supersedes } = event.data;
  return { cause: message.messageId, by: event.actor, supersedes };
}

function distinct<T>(items: readonly T[], isSame: (a: T, b: T) => boolean): T[] {
  return items.filter((item, index) => items.findIndex((other) => isSame(other, item)) === index);
}
