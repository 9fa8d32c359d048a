import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import type { Scene } from '../../../src/domain/scene.ts';

/** A scene in a line: “A light on the water · The lamp room · before dawn”. */
export function sceneLine({ title, place, clock }: Omit<Scene, 'sceneId'>): string {
  return [title, place, clock].filter((part) => part !== '').join(' · ');
}

/** Where the scene changes: the scene that begins, or null where one ends and none begins. */
export type SceneMark = { sceneId: string | null };

/** The scene the room is in, and whether the timeline is known from its beginning. */
export type SceneNow = { now: string | null; isWhole: boolean };

/** For each message the change of scene right before it, and the one after the last message, if there is one. */
export function sceneMarks(
  timeline: readonly TimelineMessage[],
  { now, isWhole }: SceneNow,
): { before: (SceneMark | undefined)[]; after: SceneMark | undefined } {
  // What was the scene before the first message is known only where that is the beginning.
  let current = isWhole ? null : (timeline[0]?.scene ?? null);
  const before = timeline.map(({ scene = null }): SceneMark | undefined => {
    if (scene === current) return undefined;
    current = scene;
    return { sceneId: scene };
  });
  return { before, after: now === current ? undefined : { sceneId: now } };
}
