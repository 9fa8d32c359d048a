import type { ExecuteRoomCommand } from '../commands/room-commands.ts';
import { requireMember } from '../domain/permissions.ts';
import { atLeast, type Role } from '../domain/roles.ts';
import type { RoomState } from '../domain/room-state.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import { KibitzError } from '../lib/errors.ts';
import { parseInput } from '../protocol/parse.ts';
import { type RoomCommandName, roomCommandNames } from '../protocol/room-commands.ts';
import { roomHistoryArgs } from '../protocol/room-history.ts';
import { type Draft, roomJoinArgs, roomLeaveArgs, roomSyncArgs, typingArgs } from '../protocol/room-join.ts';
import { type CatchUp, catchUp, type Position } from './catch-up.ts';
import type { InTurn } from './in-turn.ts';
import type { LiveReplies } from './live-replies.ts';
import type { PresenceTeller } from './presence.ts';
import { eventsOf, type Tab, type Tabs } from './tabs.ts';

/** Answers one event of a client: with what its ack says beside `ok`, or by throwing why not. */
export type Handler = (tab: Tab, input: unknown) => Promise<object>;

type Deps = {
  eventLog: EventLog;
  execute: ExecuteRoomCommand;
  tabs: Tabs;
  presence: PresenceTeller;
  replies: LiveReplies;
  /** The drafts of replies that other processes write. */
  draftsElsewhere(state: RoomState): Promise<Draft[]>;
  inTurn: InTurn;
};

/** Everything a client may emit, by name. */
export function createHandlers({
  eventLog,
  execute,
  tabs,
  presence,
  replies,
  draftsElsewhere,
  inTurn,
}: Deps): ReadonlyMap<string, Handler> {
  async function roleIn(roomId: string, tab: Tab): Promise<Role> {
    const role = await eventLog.roleOf(roomId, tab.data.caller.user.id);
    if (role === undefined)
      throw new KibitzError('not_found', 'There is no such room, or you are not in it.');
    return role;
  }

  async function show(tab: Tab, roomId: string, position: Position) {
    const { user } = tab.data.caller;
    await roleIn(roomId, tab);
    const state = await eventLog.newestStateOf(roomId);
    // No await from here until it is shown: who goes is either missing here, or is found among those shown.
    const { role } = requireMember(state, { type: 'user', id: user.id });
    if (!tab.connected) throw goneMeanwhile();
    // Shown before it is read: what is appended meanwhile reaches the tab twice rather than never.
    const isNew = tabs.show(roomId, { tab, role, name: user.name, settings: state.room.settings });
    let [caughtUp, elsewhere]: [CatchUp | undefined, Draft[]] = [undefined, []];
    try {
      caughtUp = await catchUp(eventLog, roomId, user.id, position);
      const isWrittenHere = replies.draftsOf(roomId).length > 0;
      if (!isWrittenHere) elsewhere = await draftsElsewhere(await eventLog.stateOf(roomId));
    } catch (reason) {
      if (isNew && tabs.hide(roomId, tab)) presence.changed(roomId);
      throw reason;
    }
    // They left, were removed or lost the connection while the log was read.
    if (!tabs.shows(roomId, tab)) throw goneMeanwhile();
    if (isNew) presence.changed(roomId);
    const here = replies.draftsOf(roomId);
    return { you: { userId: user.id, role }, ...caughtUp, drafts: here.length > 0 ? here : elsewhere };
  }

  const handlers: [string, Handler][] = [
    [
      'room.join',
      async (tab, input) => {
        const { roomId, ...position } = parseInput(roomJoinArgs, input);
        return inTurn(tab, () => show(tab, roomId, position));
      },
    ],
    [
      'room.sync',
      async (tab, input) => {
        const { roomId, ...position } = parseInput(roomSyncArgs, input);
        return inTurn(tab, () => show(tab, roomId, position));
      },
    ],
    [
      'room.leave',
      async (tab, input) => {
        const { roomId } = parseInput(roomLeaveArgs, input);
        // After a join that was sent before it.
        return inTurn(tab, async () => {
          if (tabs.hide(roomId, tab)) presence.changed(roomId);
          return {};
        });
      },
    ],
    [
      'room.history',
      async (tab, input) => {
        const { roomId, before, limit } = parseInput(roomHistoryArgs, input);
        return inTurn(tab, async () => {
          await roleIn(roomId, tab);
          return eventLog.page(roomId, before, limit);
        });
      },
    ],
    [
      'typing',
      async (tab, input) => {
        const { roomId } = parseInput(typingArgs, input);
        if (!atLeast(await roleIn(roomId, tab), 'participant')) {
          throw new KibitzError('forbidden', 'You are watching this room.');
        }
        const { id, name } = tab.data.caller.user;
        tab.to(eventsOf(roomId)).emit('typing', { roomId, userId: id, name });
        return {};
      },
    ],
  ];
  const command = (name: RoomCommandName): Handler => {
    return (tab, input) => execute(name, tab.data.caller.user.id, input);
  };
  return new Map([...handlers, ...roomCommandNames.map((name): [string, Handler] => [name, command(name)])]);
}

const goneMeanwhile = () => new KibitzError('not_found', 'You are not in this room any more.');
