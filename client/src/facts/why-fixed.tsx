import { useEffect, useRef } from 'react';
import type { Fact } from '../../../src/domain/fact.ts';
import { useLiveRoom } from '../room/room-context.ts';
import { taskAt } from '../store/tasks.ts';
import { useAnswering } from '../tasks/use-answering.ts';
import { Button } from '../ui/button.tsx';

/** Why the words of a fact cannot be changed here, and where they can. */
export function WhyFixed({ fact: { source }, onClose }: { fact: Fact; onClose: () => void }) {
  const task = useLiveRoom((room) => (source.ref === null ? undefined : taskAt(room, source.ref)));
  const { begin } = useAnswering(task);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const answer = () => {
    begin();
    onClose();
    if (task !== undefined) location.hash = `t-${task.taskId}`;
  };
  return (
    <div ref={box} className="known-why" role="status">
      <p>
        {task === undefined
          ? 'It says what a question came to that is not here any more. You can remove it and note it anew.'
          : `It says what the ${task.kind} came to. Answer the ${task.kind} anew to change it.`}
      </p>
      {task === undefined ? null : (
        <Button small onClick={answer}>
          Answer anew
        </Button>
      )}
    </div>
  );
}
