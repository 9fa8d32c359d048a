import type { DeskStore } from '../room/room-context.ts';

/** Opens a source of the library, at one of its passages if one is named. What lay over the conversation comes back afterwards. */
export function openSource(desk: DeskStore, sourceId: string, chunkId?: string): void {
  desk.setState(({ panel }) => {
    const after = panel?.what === 'source' ? panel.after : panel;
    return { panel: { what: 'source', sourceId, chunkId, after } };
  });
}
