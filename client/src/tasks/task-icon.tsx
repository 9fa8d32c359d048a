import { CircleQuestionMark, ListChecks } from 'lucide-react';
import type { TaskKind } from '../../../src/domain/task.ts';

export function TaskIcon({ kind }: { kind: TaskKind }) {
  return kind === 'question' ? <CircleQuestionMark aria-hidden="true" /> : <ListChecks aria-hidden="true" />;
}
