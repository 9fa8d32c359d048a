import { z } from 'zod';
import { defineCommand } from '../command.ts';
import { limits } from '../limits.ts';
import { requireRole } from '../permissions.ts';
import { isSameScene } from '../scene.ts';
import { sceneChange } from '../scene-change.ts';
import { line, optionalLine } from '../text.ts';

/**
 * Opens a scene and ends the one before it. What it does not name is as in the open scene, so that the story's clock can be
 * moved on alone; a place or a clock that is empty is none.
 */
export const sceneOpen = defineCommand({
  args: z
    .object({
      title: line(limits.sceneText).optional(),
      place: optionalLine(limits.sceneText).optional(),
      clock: optionalLine(limits.sceneText).optional(),
    })
    .refine(({ title, place, clock }) => (title ?? place ?? clock) !== undefined, {
      path: ['title'],
      error: 'give a title, a place or a clock',
    }),
  decide({ title, place, clock }, state, { actor, newId }) {
    requireRole(state, actor, 'participant');
    const { scene: open, room } = state;
    const words = {
      title: title ?? open?.title ?? (place || room.title),
      place: place ?? open?.place ?? '',
      clock: clock ?? open?.clock ?? '',
    };
    if (open !== null && isSameScene(open, words)) return { events: [], result: { sceneId: open.sceneId } };
    const next = { sceneId: newId(), ...words };
    return { events: sceneChange(state, next, actor), result: { sceneId: next.sceneId } };
  },
});
