import { KibitzError } from '../lib/errors.ts';
import type { EventData } from './event.ts';
import type { Fact } from './fact.ts';
import { limits } from './limits.ts';
import type { RoomState } from './room-state.ts';
import type { Task } from './task.ts';

export function requireTask({ tasks }: RoomState, taskId: string): Task {
  const task = tasks.find((candidate) => candidate.taskId === taskId);
  if (task === undefined)
    throw new KibitzError('not_found', 'There is no such question or check in this room.');
  return task;
}

export function requireAnswered(state: RoomState, taskId: string): Task & { answer: string } {
  const task = requireTask(state, taskId);
  const { answer } = task;
  if (answer === undefined || task.status !== 'answered') {
    throw new KibitzError('conflict', 'This task has not been answered yet.', { field: 'taskId' });
  }
  return { ...task, answer };
}

/** The fact that a task was promoted to. */
export function findPromoted({ facts }: RoomState, taskId: string): Fact | undefined {
  return facts.find(({ source }) => source.ref === taskId);
}

export function requireRoomForTask({ tasks }: RoomState): void {
  if (tasks.length >= limits.tasks) {
    throw new KibitzError('conflict', `A room holds ${limits.tasks} questions and checks.`);
  }
}

export function toldTask({
  taskId,
  kind,
  text,
}: Pick<Task, 'taskId' | 'kind' | 'text'>): EventData<'task.dismissed'> {
  return { taskId, kind, text };
}
