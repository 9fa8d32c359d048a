import { isKnown, isReplacing, type LoggedEvent } from '../domain/event.ts';
import { concealed, seesFeelings, tellsFeelings } from '../domain/viewing.ts';
import type { EventListener } from '../eventlog/event-log.ts';
import type { LiveReplies } from './live-replies.ts';
import type { Peers } from './peers.ts';
import type { PresenceTeller } from './presence.ts';
import { eventsOf, type IoServer, type Tab, type Tabs } from './tabs.ts';

type Deps = { io: IoServer; tabs: Tabs; presence: PresenceTeller; replies: LiveReplies; peers: Peers };

/** Sends the room's durable events to its tabs, in order, and closes the room to those who are sent away. */
export function createBroadcast({ io, tabs, presence, replies, peers }: Deps): EventListener {
  function send(roomId: string, event: LoggedEvent): void {
    if (isKnown(event) && event.kind === 'member.left') closeFor(roomId, event.data.userId);
    const name = isReplacing(event) ? 'replace' : 'append';
    const blind = tellsFeelings(event) ? blindTo(roomId) : [];
    io.local
      .to(eventsOf(roomId))
      .except(blind.map(({ id }) => id))
      .emit(name, { roomId, event });
    for (const tab of blind) tab.emit(name, { roomId, event: concealed(event) });
    if (isKnown(event) && event.kind === 'room.updated') {
      for (const viewer of tabs.viewersOf(roomId)) viewer.settings = event.data.settings;
    }
    if (isKnown(event) && event.kind === 'member.changed') {
      for (const viewer of tabs.viewersOf(roomId)) {
        if (viewer.tab.data.caller.user.id === event.data.userId) viewer.role = event.data.role;
      }
      presence.changed(roomId);
    }
  }

  /** The tabs of those who watch and are not shown what is remembered and felt. */
  function blindTo(roomId: string): Tab[] {
    return tabs
      .viewersOf(roomId)
      .filter(({ role, settings }) => !seesFeelings(role, settings))
      .map(({ tab }) => tab);
  }

  function closeFor(roomId: string, userId: string): void {
    for (const { tab } of tabs.viewersOf(roomId)) {
      if (tab.data.caller.user.id !== userId) continue;
      tabs.hide(roomId, tab);
      tab.emit('closed', { roomId, reason: 'removed' });
    }
    presence.changed(roomId);
  }

  return (roomId, events, origin) => {
    for (const { turnId } of events) {
      if (turnId === undefined) continue;
      // Before its events, the text of a turn that waits; but one that others write for was taken from this process.
      if (origin === 'here') replies.flush(turnId);
      else replies.live.end(turnId);
    }
    if (tabs.countIn(roomId) > 0) for (const event of events) send(roomId, event);
    if (origin === 'here') peers.tell('committed', roomId, events);
  };
}
