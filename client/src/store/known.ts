import type { Fact } from '../../../src/domain/fact.ts';
import type { RoomState, Turn, Unfinished } from '../../../src/domain/room-state.ts';
import type { Task } from '../../../src/domain/task.ts';
import { subjectOf } from '../../../src/domain/turns.ts';
import type { LiveRoom } from './room-view.ts';
import { unfinishedAt } from './selectors.ts';

type Known = Pick<RoomState, 'facts' | 'tasks' | 'brief'>;

/** Whether anything is known, asked or written of what is known. */
export function holdsKnown({ facts, tasks, brief }: Known): boolean {
  return facts.length > 0 || tasks.some(({ status }) => status !== 'dismissed') || brief.revision > 0;
}

/** Whether the room has a place for what is known: it notes that, or it did. */
export function showsKnown({ state }: Pick<LiveRoom, 'state'>): boolean {
  return state.room.settings.facts || holdsKnown(state);
}

/** The turn that brings the brief up to date. */
export function refreshTurn({ state }: Pick<LiveRoom, 'state'>): Turn | undefined {
  return state.turns.find(({ trigger }) => 'refresh' in trigger);
}

/** The last refresh, if it did not come to an end. */
export function failedRefresh(room: LiveRoom): Unfinished | undefined {
  return unfinishedAt(room, subjectOf({ refresh: 'brief' }));
}

/** What has changed of the facts since the brief took them in; nothing when it has them all. */
export function sinceRefresh({
  facts,
  stateVersion,
  brief,
}: Known & Pick<RoomState, 'stateVersion'>): string {
  if (stateVersion <= brief.basedOn) return '';
  const changed = facts.filter((fact) => fact.stateVersion > brief.basedOn).length;
  if (changed === 0) return 'Facts were removed since the brief was last refreshed.';
  return `${changed === 1 ? '1 fact' : `${changed} facts`} changed since the brief was last refreshed.`;
}

/** What a message gave rise to, in words, and where the first of it is in the panel. */
export type Noted = { words: string; at: string };

type Counts = {
  facts: number;
  question: number;
  check: number;
  answers: number;
  outcomes: number;
  at: string;
};

const nothing: Counts = { facts: 0, question: 0, check: 0, answers: 0, outcomes: 0, at: '' };
const counted = (verb: string, count: number, one: string, many: string) =>
  count === 0 ? [] : [`${verb} ${count} ${count === 1 ? one : many}`];

function wordsOf({ facts, question, check, answers, outcomes }: Counts): string {
  return [
    ...counted('noted', facts, 'fact', 'facts'),
    ...counted('asked', question, 'question', 'questions'),
    ...counted('proposed', check, 'check', 'checks'),
    ...counted('answered', answers, 'question', 'questions'),
    ...counted('told what came of', outcomes, 'check', 'checks'),
  ].join(' · ');
}

/** By message, what of all this follows from it. What people have made their own follows from no message any more. */
export function notedByMessage(facts: readonly Fact[], tasks: readonly Task[]): ReadonlyMap<string, Noted> {
  const counts = new Map<string, Counts>();
  const count = (messageId: string | undefined, what: keyof Omit<Counts, 'at'>, at: string) => {
    if (messageId === undefined) return;
    const before = counts.get(messageId) ?? { ...nothing, at };
    counts.set(messageId, { ...before, [what]: before[what] + 1 });
  };
  for (const { cause, factId } of facts) count(cause, 'facts', `f-${factId}`);
  for (const { cause, taskId, kind, status, answered } of tasks) {
    if (status !== 'dismissed') count(cause, kind, `t-${taskId}`);
    const answer = kind === 'question' ? 'answers' : 'outcomes';
    if (status === 'answered') count(answered?.messageId, answer, `t-${taskId}`);
  }
  return new Map([...counts].map(([messageId, told]) => [messageId, { words: wordsOf(told), at: told.at }]));
}

let lately: { facts: RoomState['facts']; tasks: RoomState['tasks']; noted: ReadonlyMap<string, Noted> };

/** The same for one message: every message on the timeline asks, and what is known seldom changes. */
export function notedBy({ state: { facts, tasks } }: LiveRoom, messageId: string): Noted | undefined {
  if (lately?.facts !== facts || lately.tasks !== tasks) {
    lately = { facts, tasks, noted: notedByMessage(facts, tasks) };
  }
  return lately.noted.get(messageId);
}
