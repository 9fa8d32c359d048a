import type { Fact } from '../../../src/domain/fact.ts';
import type { Task, TaskKind } from '../../../src/domain/task.ts';
import type { LiveRoom } from './room-view.ts';

export const taskWords: Readonly<Record<TaskKind, { name: string; answer: string; toAnswer: string }>> = {
  question: { name: 'Question', answer: 'Answer', toAnswer: 'Answer' },
  check: { name: 'Check', answer: 'What came of it', toAnswer: 'Say what came of it' },
};

/** An answer being written. */
export type AnswerEdit = {
  text: string;
  /** The answer there was when the writing began. */
  base?: string | undefined;
};

/** A fact that a model drafts from an answer, until it is confirmed. */
export type Promotion =
  | { step: 'drafting' }
  | { step: 'draft'; text: string; summary: string }
  | { step: 'refused'; message: string; mayRetry: boolean };

type Tasks = readonly Task[];

export function taskAt(room: LiveRoom, taskId: string): Task | undefined {
  return room.state.tasks.find((task) => task.taskId === taskId);
}

export function openTasks(tasks: Tasks): Task[] {
  return tasks.filter(({ status }) => status === 'open');
}

/**
 * The tasks as they are listed: what is to be found out first, then what was, the latest answer first. What somebody began to
 * answer here stays where they do so.
 */
export function listedTasks(
  tasks: Tasks,
  edits: Readonly<Record<string, AnswerEdit>>,
): { open: Task[]; answered: Task[] } {
  const stays = ({ taskId }: Task) => {
    const edit = edits[taskId];
    return edit !== undefined && edit.base === undefined;
  };
  const open = tasks.filter((task) => task.status === 'open' || stays(task));
  const answered = tasks.filter((task) => task.status === 'answered' && !stays(task));
  return {
    open,
    answered: answered.toSorted((a, b) => (b.answered?.at ?? b.at).localeCompare(a.answered?.at ?? a.at)),
  };
}

/** The fact that an answer has become. */
export function factFrom(facts: readonly Fact[], taskId: string): Fact | undefined {
  return facts.find(({ source }) => source.ref === taskId);
}

/** Whether the answer was given after the fact that was made of the one before. */
export function isOutdated({ edited, at }: Fact, { answered }: Task): boolean {
  return answered !== undefined && answered.at > (edited?.at ?? at);
}
