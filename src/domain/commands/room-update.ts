import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand } from '../command.ts';
import { requireRole } from '../permissions.ts';
import { settingsPatchSchema, settingsSchema } from '../settings.ts';
import { titleSchema } from '../text.ts';

/** Changes a room's title or some of its settings; settings it does not name stay as they are. */
export const roomUpdate = defineCommand({
  args: z.object({ title: titleSchema.optional(), settings: settingsPatchSchema.optional() }),
  decide({ title, settings }, state, { actor }) {
    requireRole(state, actor, 'moderator');
    const { room } = state;
    const merged = settingsSchema.safeParse({ ...room.settings, ...settings });
    if (!merged.success)
      throw new KibitzError('invalid', 'These settings are too large.', { field: 'settings' });
    const data = { title: title ?? room.title, template: room.template, settings: merged.data };
    const same = data.title === room.title && JSON.stringify(data.settings) === JSON.stringify(room.settings);
    return { events: same ? [] : [{ kind: 'room.updated', actor, data }], result: {} };
  },
});
