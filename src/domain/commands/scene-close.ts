import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand } from '../command.ts';
import { requireRole } from '../permissions.ts';
import { sceneChange } from '../scene-change.ts';

/** Ends the scene the room is in. */
export const sceneClose = defineCommand({
  args: z.object({}),
  decide(_, state, { actor }) {
    requireRole(state, actor, 'participant');
    if (state.scene === null) throw new KibitzError('conflict', 'There is no open scene to close.');
    return { events: sceneChange(state, null, actor), result: { sceneId: state.scene.sceneId } };
  },
});
