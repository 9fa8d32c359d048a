import type { Actor, NewEvent } from './event.ts';
import type { RoomState } from './room-state.ts';
import type { Scene } from './scene.ts';

/** The events by which a room comes to another scene, or to none: the one it is in ends, the next begins. */
export function sceneChange(
  { scene }: Pick<RoomState, 'scene'>,
  next: Scene | null,
  actor: Actor,
  reason?: 'rewind',
): NewEvent[] {
  if (scene?.sceneId === next?.sceneId) return [];
  const why = reason === undefined ? {} : { reason };
  const closed: NewEvent[] =
    scene === null ? [] : [{ kind: 'scene.closed', actor, data: { ...scene, ...why } }];
  return next === null ? closed : [...closed, { kind: 'scene.opened', actor, data: { ...next, ...why } }];
}

/** A scene of the room by its id; null for none, and for one that the room does not remember any more. */
export function findScene(
  { scenes }: Pick<RoomState, 'scenes'>,
  sceneId: string | null | undefined,
): Scene | null {
  return scenes.find((scene) => scene.sceneId === sceneId) ?? null;
}

/** What a message carries that is written now. */
export function currentScene({ scene }: Pick<RoomState, 'scene'>): { scene?: string } {
  return scene === null ? {} : { scene: scene.sceneId };
}
