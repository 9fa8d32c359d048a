import { type ComponentProps, type MouseEvent, useSyncExternalStore } from 'react';

export type Route =
  | { page: 'rooms' }
  | { page: 'room'; roomId: string; messageId?: string; known?: string }
  | { page: 'join'; token: string }
  | { page: 'unknown' };

/**
 * What an address shows: in a room also a message, or what is known there (`known`) and which of it. An invite's token stands after `#`, so that it is never sent or logged on the way.
 */
export function routeOf(pathname: string, hash: string): Route {
  if (pathname === '/') return { page: 'rooms' };
  if (pathname === '/join') return { page: 'join', token: hash.slice(1) };
  const room = /^\/rooms\/([A-Za-z0-9_-]+)\/?$/.exec(pathname);
  if (room?.[1] === undefined) return { page: 'unknown' };
  const message = /^#m-([A-Za-z0-9_-]+)$/.exec(hash);
  const known = /^#(known|[ft]-[A-Za-z0-9_-]+)$/.exec(hash);
  return {
    page: 'room',
    roomId: room[1],
    ...(message?.[1] === undefined ? {} : { messageId: message[1] }),
    ...(known?.[1] === undefined ? {} : { known: known[1] }),
  };
}

const moved = new EventTarget();

function subscribe(changed: () => void): () => void {
  window.addEventListener('popstate', changed);
  window.addEventListener('hashchange', changed);
  moved.addEventListener('moved', changed);
  return () => {
    window.removeEventListener('popstate', changed);
    window.removeEventListener('hashchange', changed);
    moved.removeEventListener('moved', changed);
  };
}

export function useRoute(): Route {
  const address = useSyncExternalStore(subscribe, () => location.pathname + location.hash);
  const cut = address.indexOf('#');
  return cut === -1 ? routeOf(address, '') : routeOf(address.slice(0, cut), address.slice(cut));
}

export function navigate(path: string, how: 'push' | 'replace' = 'push'): void {
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', path);
  moved.dispatchEvent(new Event('moved'));
}

/** A link within the page; opening it in another tab works as anywhere. */
export function Link({ href, ...rest }: ComponentProps<'a'> & { href: string }) {
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href);
  };
  return <a href={href} onClick={follow} {...rest} />;
}
