import type { LoggedEvent } from '../../../src/domain/event.ts';
import { isKnown } from '../../../src/domain/event.ts';
import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import type { Scene } from '../../../src/domain/scene.ts';

/** Scenes that this tab knows by more than their id. */
export type Scenes = ReadonlyMap<string, Scene>;

export function scenesAfter(scenes: Scenes, event: LoggedEvent): Scenes {
  return isKnown(event) && event.kind === 'scene.opened' ? withScene(scenes, event.data) : scenes;
}

export function withScene(scenes: Scenes, scene: Scene | null): Scenes {
  return scene === null ? scenes : new Map(scenes).set(scene.sceneId, scene);
}

/** A scene in a line: “A light on the water · The lamp room · before dawn”. */
export function sceneLine({ title, place, clock }: Pick<Scene, 'title' | 'place' | 'clock'>): string {
  return [title, place, clock]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' · ');
}

/** Where the scene changes: the scene that begins, or null where one ends and none begins. */
export type SceneMark = { sceneId: string | null };

/**
 * For each message the change of scene right before it, and the one after the last message, if there is one. A reply
 * that was written anew, or a word put in late, stands in the scene of its place, whenever it was written.
 */
export function sceneMarks(
  timeline: readonly TimelineMessage[],
  { now, isWhole }: { now: string | null; isWhole: boolean },
): { before: (SceneMark | undefined)[]; after: SceneMark | undefined } {
  // What was the scene before the first message is known only where that is the beginning.
  let current = isWhole ? null : (timeline[0]?.scene ?? null);
  const before = timeline.map((message): SceneMark | undefined => {
    const sceneId = sceneOf(message, current);
    if (sceneId === current) return undefined;
    current = sceneId;
    return { sceneId };
  });
  return { before, after: now === current ? undefined : { sceneId: now } };
}

function sceneOf(message: TimelineMessage, current: string | null): string | null {
  const isLate = message.interjectionOf !== undefined || (message.version ?? 1) > 1;
  return isLate ? current : (message.scene ?? null);
}
