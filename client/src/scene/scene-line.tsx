import { Clapperboard } from 'lucide-react';
import { useLiveRoom } from '../room/room-context.ts';
import { sceneLine } from '../store/scenes.ts';

/** A change of scene, where it happened; null where one ends. */
export function SceneLine({ sceneId }: { sceneId: string | null }) {
  const scene = useLiveRoom(({ state }) => state.scenes.find((one) => one.sceneId === sceneId));
  // A room remembers its latest scenes by more than their id.
  const opens = scene === undefined ? 'A new scene' : sceneLine(scene);
  return (
    <p className="day scene-line">
      <span>
        <Clapperboard aria-hidden="true" />
        {sceneId === null ? 'The scene ends' : opens}
      </span>
    </p>
  );
}
