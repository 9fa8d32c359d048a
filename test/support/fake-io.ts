import type { Role } from '../../src/domain/roles.ts';
import { settingsSchema } from '../../src/domain/settings.ts';
import type { IoServer, Tab } from '../../src/gateway/tabs.ts';

export type Sent = { to: string; name: string; payload: unknown };

/** The part of a Socket.IO server that broadcasts: it remembers what it was told to send. */
export function createFakeIo(): { io: IoServer; sent: Sent[] } {
  const sent: Sent[] = [];
  const to = (room: string) => ({
    emit: (name: string, payload: unknown) => void sent.push({ to: room, name, payload }),
  });
  return { io: { local: { to } } as unknown as IoServer, sent };
}

/** A tab of a user that shows rooms and hears nothing. */
export function fakeViewer(tabId: string, userId: string, role: Role) {
  const caller = { user: { id: userId, name: userId }, sessionId: userId };
  const tab = { id: tabId, data: { caller, secret: '' }, join: () => {}, leave: () => {} } as unknown as Tab;
  return { tab, role, name: userId, settings: settingsSchema.parse({}) };
}
