import { Clapperboard } from 'lucide-react';
import { useEffect } from 'react';
import { api } from '../api/api.ts';
import { store } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { sceneLine } from '../store/scenes.ts';
import { receive } from '../store/store.ts';
import { findScene } from './find-scene.ts';

type Props = {
  /** Null where a scene ends. */
  sceneId: string | null;
  /** The event it stands before. */
  before?: number;
};

/** A change of scene, where it happened. */
export function SceneLine({ sceneId, before }: Props) {
  const { roomId } = useRoomTools();
  const scene = useLiveRoom((room) => (sceneId === null ? undefined : room.scenes.get(sceneId)));
  const isUnknown = sceneId !== null && scene === undefined;
  useEffect(() => {
    if (!isUnknown || before === undefined) return;
    findScene(sceneId, before, (after, limit) => api.events(roomId, after, limit)).then(
      (found) => found && receive(store, roomId, [{ type: 'scene.found', scene: found }]),
      // The line stands without its words; nothing is lost by that.
      () => undefined,
    );
  }, [isUnknown, sceneId, before, roomId]);
  const words = scene === undefined ? '' : sceneLine(scene);
  return (
    <p className="day scene-line">
      <span>
        <Clapperboard aria-hidden="true" />
        {sceneId === null ? 'The scene ends' : words === '' ? 'A new scene' : words}
      </span>
    </p>
  );
}
