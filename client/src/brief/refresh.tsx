import { RefreshCw } from 'lucide-react';
import { live } from '../app/client.ts';
import { By } from '../known/by.tsx';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { failedRefresh, refreshTurn, sinceRefresh } from '../store/known.ts';
import { personName } from '../store/selectors.ts';
import { Button } from '../ui/button.tsx';
import { Moment } from '../ui/moment.tsx';
import { useAction } from '../ui/use-action.ts';

type Props = { isFirst: boolean; takesPart: boolean };

/** How old the brief is, and how to have it brought up to what is known. */
export function Refresh({ isFirst, takesPart }: Props) {
  const { roomId } = useRoomTools();
  const since = useLiveRoom((room) => (isFirst ? '' : sinceRefresh(room.state)));
  const turn = useLiveRoom(refreshTurn);
  const failed = useLiveRoom(failedRefresh);
  const { busy, error, run } = useAction();
  const refresh = () => run(async () => void (await live.command(roomId, 'brief.refresh', {})));
  return (
    <div className="refresh">
      <LastChange />
      {since === '' ? null : <p className="refresh-since">{since}</p>}
      {failed === undefined || turn !== undefined ? null : (
        <p className="field-error" role="alert">
          {failed.outcome === 'failed'
            ? `The brief could not be refreshed. ${failed.error ?? ''}`
            : 'The last refresh was cut short. The brief stands as it was.'}
        </p>
      )}
      {error === undefined ? null : (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      {turn === undefined ? null : <Refreshing by={turn.by} isWaiting={turn.status === 'queued'} />}
      {takesPart && turn === undefined ? (
        <Button
          small
          look={isFirst ? 'primary' : 'plain'}
          className="known-aside"
          disabled={busy}
          onClick={() => void refresh()}
        >
          <RefreshCw aria-hidden="true" /> {isFirst ? 'Write the brief' : 'Refresh'}
        </Button>
      ) : null}
    </div>
  );
}

function Refreshing({ by, isWaiting }: { by: string; isWaiting: boolean }) {
  const name = useLiveRoom((room) => personName(room, by));
  return (
    <p className="known-progress" role="status">
      <RefreshCw className="spin" aria-hidden="true" />{' '}
      {isWaiting ? 'The refresh waits for what is being written' : 'The brief is being refreshed'}, asked for
      by {name}
    </p>
  );
}

/** Who refreshed the brief, and who has changed it since. */
function LastChange() {
  const changed = useLiveRoom((room) => room.state.brief.changed);
  const at = useLiveRoom((room) => room.state.brief.refreshed?.at);
  if (changed === undefined) return null;
  if (at === changed.at) {
    return (
      <p className="known-origin">
        Refreshed by <By {...changed} />
      </p>
    );
  }
  return (
    <p className="known-origin">
      {at === undefined ? (
        'Never refreshed'
      ) : (
        <>
          Refreshed <Moment at={at} />
        </>
      )}{' '}
      · changed by <By {...changed} />
    </p>
  );
}
