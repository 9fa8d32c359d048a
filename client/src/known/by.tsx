import type { Actor } from '../../../src/domain/actor.ts';
import { useLiveRoom } from '../room/room-context.ts';
import { actorName } from '../store/selectors.ts';
import { Moment } from '../ui/moment.tsx';

/** Who and when. */
export function By({ by, at }: { by: Actor; at: string }) {
  const name = useLiveRoom((room) => actorName(room, by));
  return (
    <>
      {name}, <Moment at={at} />
    </>
  );
}
