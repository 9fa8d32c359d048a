import { type ComponentProps, type MouseEvent, useSyncExternalStore } from 'react';
import { type Route, routeOf } from './route.ts';

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
  const address = useSyncExternalStore(subscribe, () => location.pathname + location.search + location.hash);
  const { pathname, hash, search } = new URL(location.origin + address);
  return routeOf(pathname, hash, search);
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
