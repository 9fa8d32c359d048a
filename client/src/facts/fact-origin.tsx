import type { Fact } from '../../../src/domain/fact.ts';
import { By } from '../known/by.tsx';
import { useLiveRoom } from '../room/room-context.ts';
import { sourceWords } from '../store/facts.ts';
import { taskAt } from '../store/tasks.ts';
import { TaskLink } from '../tasks/task-link.tsx';
import { MessageLink } from '../timeline/message-link.tsx';

/** Where a fact comes from: in words, by whom and when, and the way there. */
export function FactOrigin({ fact }: { fact: Fact }) {
  const { summary, source, by, at, edited, cause } = fact;
  const task = useLiveRoom((room) => (source.ref === null ? undefined : taskAt(room, source.ref)));
  return (
    <>
      <p className="known-origin">
        {summary === '' ? null : `${summary} · `}
        {sourceWords[source.type]} · <By by={by} at={at} />
        {edited === undefined ? null : (
          <>
            {' '}
            · changed by <By {...edited} />
          </>
        )}
      </p>
      {cause === undefined ? null : <MessageLink messageId={cause} />}
      {task === undefined ? null : <TaskLink task={task} lead="From the answer to the" />}
    </>
  );
}
