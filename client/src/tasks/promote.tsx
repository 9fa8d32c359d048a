import { RefreshCw } from 'lucide-react';
import type { Task } from '../../../src/domain/task.ts';
import { live } from '../app/client.ts';
import { FactForm } from '../facts/fact-form.tsx';
import { FactLink } from '../facts/fact-link.tsx';
import { useDesk, useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { wordsToSend } from '../store/facts.ts';
import { factFrom, isOutdated } from '../store/tasks.ts';
import { Button } from '../ui/button.tsx';
import { returnFocus } from '../ui/focus.ts';
import { useAction } from '../ui/use-action.ts';
import { useAnswering } from './use-answering.ts';
import { usePromotion } from './use-promotion.ts';

type Props = { task: Task; takesPart: boolean };

/** The fact that an answer has become, or how to make it one. */
export function Promote({ task, takesPart }: Props) {
  const fact = useLiveRoom((room) => factFrom(room.state.facts, task.taskId));
  const { promotion, draft } = usePromotion(task);
  const { begin } = useAnswering(task);
  const isAnswering = useDesk((desk) => task.taskId in desk.answers);
  const isOld = fact !== undefined && isOutdated(fact, task);
  return (
    <>
      {fact === undefined ? null : <FactLink fact={fact} />}
      {isOld ? <p className="known-origin">The answer is newer than this fact.</p> : null}
      {takesPart && promotion === undefined && !isAnswering ? (
        <div className="row">
          {fact === undefined || isOld ? (
            <Button small onClick={() => void draft()}>
              {isOld ? 'Bring the fact up to date' : 'Make this a fact'}
            </Button>
          ) : null}
          <Button small look="quiet" className="known-aside" onClick={begin}>
            Change the answer
          </Button>
        </div>
      ) : null}
      {promotion === undefined ? null : <Promoting task={task} />}
    </>
  );
}

function Promoting({ task }: { task: Task }) {
  const { taskId } = task;
  const { roomId } = useRoomTools();
  const { promotion, put, draft, write, cancel } = usePromotion(task);
  const { busy, error, run } = useAction();
  const close = () => {
    cancel();
    returnFocus(`t-${taskId}`);
  };
  if (promotion === undefined) return null;
  switch (promotion.step) {
    case 'drafting':
      return (
        <div className="row">
          <p className="known-progress" role="status">
            <RefreshCw className="spin" aria-hidden="true" /> A fact is drafted from the answer…
          </p>
          <Button small onClick={close}>
            Cancel
          </Button>
        </div>
      );
    case 'refused':
      return (
        <div className="known-why" role="alert">
          <p>{promotion.message}</p>
          <div className="row">
            {promotion.mayRetry ? (
              <Button small onClick={() => void draft()}>
                Try again
              </Button>
            ) : null}
            <Button small onClick={write}>
              Write it yourself
            </Button>
            <Button small look="quiet" onClick={close}>
              Cancel
            </Button>
          </div>
        </div>
      );
    case 'draft': {
      const confirm = () =>
        run(async () => {
          await live.command(roomId, 'fact.promote', { taskId, ...wordsToSend(promotion) });
          close();
        });
      return (
        <FactForm
          label="Fact from the answer"
          value={promotion}
          onChange={(words) => put({ step: 'draft', ...words })}
          save="Add as a fact"
          busy={busy}
          error={error}
          onSave={() => void confirm()}
          onCancel={close}
        />
      );
    }
  }
}
