import { Clapperboard } from 'lucide-react';
import { atLeast } from '../../../src/domain/roles.ts';
import { useLiveRoom } from '../room/room-context.ts';
import { usePanels } from '../room/use-panels.ts';
import { roleOf } from '../store/room-view.ts';
import { sceneLine } from '../store/scenes.ts';
import { Button } from '../ui/button.tsx';

/** Where and when the story is. In rooms for stories those who take part can open a scene here, change and close it. */
export function SceneBar() {
  const scene = useLiveRoom((room) => room.state.scene);
  const tellsStories = useLiveRoom(
    ({ state: { room } }) => room.template === 'story' || room.settings.relationships,
  );
  const takesPart = useLiveRoom((room) => atLeast(roleOf(room), 'participant'));
  const { open } = usePanels();
  if (scene === null && !(tellsStories && takesPart)) return null;
  return (
    <section className="scene-bar" aria-label="Scene">
      <Clapperboard aria-hidden="true" />
      {scene === null ? (
        <p>No scene is open.</p>
      ) : (
        <p title={sceneLine(scene)}>
          <strong>{scene.title}</strong>
          <span>{sceneLine({ ...scene, title: '' })}</span>
        </p>
      )}
      {takesPart ? (
        <Button small look="quiet" onClick={() => open({ what: 'scene' })}>
          {scene === null ? 'Open a scene' : 'Change'}
        </Button>
      ) : null}
    </section>
  );
}
