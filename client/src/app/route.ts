import { type Period, periodOf } from './period.ts';

export type Route =
  | { page: 'rooms' }
  | { page: 'room'; roomId: string; messageId?: string; known?: string; place?: string }
  | { page: 'usage'; roomId: string; days: Period }
  | { page: 'join'; token: string }
  | { page: 'unknown' };

/**
 * What an address shows: in a room also a message, or what is known there (`known`) and which of it, or another
 * `place` in it; of its usage, how many days. An invite's token stands after `#`, so that it is never sent or logged on the way.
 */
export function routeOf(pathname: string, hash: string, search = ''): Route {
  if (pathname === '/') return { page: 'rooms' };
  if (pathname === '/join') return { page: 'join', token: hash.slice(1) };
  const usage = /^\/rooms\/([A-Za-z0-9_-]+)\/usage\/?$/.exec(pathname);
  if (usage?.[1] !== undefined) return { page: 'usage', roomId: usage[1], days: periodOf(search) };
  const room = /^\/rooms\/([A-Za-z0-9_-]+)\/?$/.exec(pathname);
  if (room?.[1] === undefined) return { page: 'unknown' };
  const message = /^#m-([A-Za-z0-9_-]+)$/.exec(hash);
  const known = /^#(known|[ft]-[A-Za-z0-9_-]+)$/.exec(hash);
  const place = /^#(.+)$/.exec(hash)?.[1];
  return {
    page: 'room',
    roomId: room[1],
    ...(message?.[1] === undefined ? {} : { messageId: message[1] }),
    ...(known?.[1] === undefined ? {} : { known: known[1] }),
    ...(place === undefined || placeIn(place) === undefined ? {} : { place }),
  };
}

/** What else there is to open in a room. */
export type Place =
  | { what: 'library' }
  | { what: 'ask' }
  | { what: 'source'; sourceId: string; chunkId?: string | undefined };

/** What the part of an address after `#` names: `library`, `ask`, or `source/` with a source's id, and a passage's. */
export function placeIn(hash: string | undefined): Place | undefined {
  if (hash === 'library' || hash === 'ask') return { what: hash };
  const source = /^source\/([A-Za-z0-9_-]+)(?:\/([A-Za-z0-9_-]+))?$/.exec(hash ?? '');
  if (source?.[1] === undefined) return undefined;
  return { what: 'source', sourceId: source[1], chunkId: source[2] };
}

/** Where a source, or a passage of it, is in the address of its room. */
export function sourceAddress(sourceId: string, chunkId?: string): string {
  return `#source/${sourceId}${chunkId === undefined ? '' : `/${chunkId}`}`;
}
