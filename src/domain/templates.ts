import type { z } from 'zod';
import type { settingsPatchSchema, Template } from './settings.ts';

type SettingsPatch = z.output<typeof settingsPatchSchema>;

/** Settings in which rooms of a template differ from others, where their makers do not say what they want. */
export const templateSettings: Readonly<Record<Template, SettingsPatch>> = {
  blank: {},
  story: { relationships: true },
  /** Who looks for a fault is not talked into. */
  troubleshooting: { interjections: 0, facts: true },
  library: {},
};
