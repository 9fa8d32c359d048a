import type { Brief } from './brief.ts';
import type { EventOf } from './event.ts';

/** The brief after one more revision. What a refresh did stays beside it until the next. */
export function briefAfter(brief: Brief, { actor, at, data }: EventOf<'brief.revised'>): Brief {
  const { revision, document, applied, skipped, reason } = data;
  const { refreshed } = brief;
  return {
    revision,
    document,
    aside: data.aside ?? [],
    basedOn: data.basedOn ?? brief.basedOn,
    changed: { by: actor, at },
    ...(reason === 'refresh'
      ? { refreshed: { revision, at, applied, skipped, before: brief.document } }
      : refreshed === undefined
        ? {}
        : { refreshed }),
  };
}
