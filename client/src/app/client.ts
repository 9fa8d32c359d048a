import { useStore } from 'zustand';
import { createLive } from '../live/live.ts';
import { savedOutbox } from '../live/saved-outbox.ts';
import { type AppState, createAppStore } from '../store/store.ts';

/** The tab's one store and one connection. */
export const store = createAppStore(savedOutbox());
export const live = createLive(store);

export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(store, select);
}
