import type { Template } from '../../domain/settings.ts';
import type { Cast } from './cast.ts';
import { libraryCast } from './library.ts';
import { storyCast } from './story.ts';
import { troubleshootingCast } from './troubleshooting.ts';

const casts: Readonly<Record<Template, Cast>> = {
  blank: { characters: [] },
  story: storyCast,
  troubleshooting: troubleshootingCast,
  library: libraryCast,
};

/** Who is in a room of a template when its maker does not say who should be. */
export function castOf(template: Template): Cast {
  return casts[template];
}
