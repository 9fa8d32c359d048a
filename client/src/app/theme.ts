import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';

const key = 'kibitz.theme';
const changed = new EventTarget();

export function savedTheme(): Theme {
  try {
    const saved = localStorage.getItem(key);
    return saved === 'light' || saved === 'dark' ? saved : 'system';
  } catch {
    return 'system';
  }
}

export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function setTheme(theme: Theme): void {
  applyTheme(theme);
  try {
    localStorage.setItem(key, theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  changed.dispatchEvent(new Event('changed'));
}

function subscribe(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  changed.addEventListener('changed', listener);
  system.addEventListener('change', listener);
  return () => {
    changed.removeEventListener('changed', listener);
    system.removeEventListener('change', listener);
  };
}

function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
}

/** Whether it is dark now, and how to turn it around. What the system says already is not remembered. */
export function useTheme() {
  const dark = useSyncExternalStore(subscribe, isDark);
  const toggle = () => {
    const wanted = dark ? 'light' : 'dark';
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    setTheme(wanted === system ? 'system' : wanted);
  };
  return { dark, toggle };
}
