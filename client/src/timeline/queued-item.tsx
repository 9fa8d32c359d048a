import { Hourglass } from 'lucide-react';
import { atLeast } from '../../../src/domain/roles.ts';
import type { Turn } from '../../../src/domain/room-state.ts';
import { subjectOf } from '../../../src/domain/turns.ts';
import { live } from '../app/client.ts';
import { plainLine } from '../markdown/plain-line.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { roleOf } from '../store/room-view.ts';
import { messageAt, personName } from '../store/selectors.ts';
import { Button } from '../ui/button.tsx';
import { tellError } from '../ui/toasts.tsx';

/** A question that waits for its turn to be answered. */
export function QueuedItem({ turn, position }: { turn: Turn; position: number }) {
  const { roomId } = useRoomTools();
  const by = useLiveRoom((room) => personName(room, turn.by));
  const askedAbout = subjectOf(turn.trigger);
  const text = useLiveRoom((room) => messageAt(room, askedAbout)?.text ?? '');
  const mayStop = useLiveRoom((room) => atLeast(roleOf(room), 'participant'));
  const withdraw = () =>
    live
      .command(roomId, 'turn.stop', { turnId: turn.turnId })
      .catch((error: unknown) => tellError('The question still waits', error));
  return (
    <div className="queued" data-turn-id={turn.turnId}>
      <Hourglass aria-hidden="true" />
      <p>
        {position === 1 ? 'Next' : `Number ${position} in line`}: what {by} asked
        {text === '' ? '' : <q>{plainLine(text, 80)}</q>}
      </p>
      {mayStop ? (
        <Button look="quiet" small onClick={() => void withdraw()}>
          Withdraw
        </Button>
      ) : null}
    </div>
  );
}
