import type { Task } from '../../../src/domain/task.ts';
import { KnownLink } from '../known/known-link.tsx';
import { plainLine } from '../markdown/plain-line.ts';
import { taskWords } from '../store/tasks.ts';
import { TaskIcon } from './task-icon.tsx';

/** Leads to a question or check, and says which that is. `lead` is read out before that. */
export function TaskLink({ task: { taskId, kind, text }, lead }: { task: Task; lead: string }) {
  return (
    <KnownLink to={`t-${taskId}`} className="quote">
      <TaskIcon kind={kind} />
      <span className="visually-hidden">{lead} </span>
      <span className="quote-author">{taskWords[kind].name}</span>
      <span className="quote-text">{plainLine(text, 160)}</span>
    </KnownLink>
  );
}
