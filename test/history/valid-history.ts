import { isKnown, type LoggedEvent, type NewEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { initialState, type RoomState } from '../../src/domain/room-state.ts';
import { stateFor, viewFor } from '../../src/domain/viewing.ts';
import { snapshotOf } from '../../src/protocol/snapshot.ts';
import type { Command, History, Reading, Tab } from '../support/history/history.ts';
import { logged } from '../support/test-room.ts';

const epoch = 'e1';
const fold = (log: readonly LoggedEvent[]) => log.reduce(evolve, initialState('room1'));

/** A history in which everything is as it should be, of a room with this log: turns that are open come to their end first. */
export function validHistory(played: readonly LoggedEvent[], joinsAt: number): History {
  const log = withTurnsEnded(played);
  const after = joinsAt % log.length;
  return {
    commands: commandsIn(log),
    tabs: [tabFrom(log, 'own', 0), tabFrom(log, 'own', after), tabFrom(log, 'out', after)],
    logs: ['one', 'two'].map((by) => ({ by, roomId: 'room1', epoch, events: log })),
    processes: [{ url: 'one', isMeantToBeUp: true, samples: [{ at: 0, isReady: true, residentBytes: 1e8 }] }],
  };
}

function withTurnsEnded(played: readonly LoggedEvent[]): LoggedEvent[] {
  const { seq, turns } = fold(played);
  const ends = turns.map(
    ({ turnId }): NewEvent => ({
      kind: 'turn.ended',
      actor: { type: 'system', id: 'kibitz' },
      turnId,
      data: { outcome: 'stopped' },
    }),
  );
  return [...played, ...logged('room1', seq, ends)];
}

/** The posts of the log whose text nobody said twice, as their authors gave them; each was sent twice. */
function commandsIn(log: readonly LoggedEvent[]): Command[] {
  const posts = log.flatMap((event) =>
    isKnown(event) && event.kind === 'message.posted' && event.actor.type === 'user' ? [event] : [],
  );
  const isUnique = (text: string) => posts.filter(({ data }) => data.text === text).length === 1;
  return posts
    .filter(({ data }) => isUnique(data.text) && data.place === undefined)
    .map(({ actor, seq, data: { messageId, text } }) => {
      const ok = { type: 'ok' as const, result: { ok: true as const, seq, messageId } };
      return {
        client: actor.id,
        userId: actor.id,
        roomId: 'room1',
        commandId: `c${seq}`,
        name: 'message.post',
        args: { text },
        attempts: [
          { url: 'one', invokedAt: 0, endedAt: 1, outcome: ok },
          { url: 'two', invokedAt: 0, endedAt: 2, outcome: { ...ok, result: { ...ok.result } } },
        ],
      };
    });
}

/** A tab that is given the room at `after` (from the beginning on, if that is 0), then each event. */
function tabFrom(log: readonly LoggedEvent[], userId: string, after: number): Tab {
  const last = fold(log);
  const view = viewFor(last, userId);
  const at = stateFor(fold(log.slice(0, after)), userId);
  const start: Reading[] =
    after === 0 ? [] : [{ type: 'snapshot', epoch, head: after, snapshot: snapshotOf(at) }];
  const rest = log.slice(after);
  const state = rest.map(view).reduce<RoomState>(evolve, at);
  return {
    name: `${userId}'s tab from ${after}`,
    userId,
    roomId: 'room1',
    readings: [
      ...start,
      ...rest.flatMap((event): Reading[] => [
        { type: 'event', epoch, event: view(event) },
        { type: 'shown', epoch, seq: event.seq },
      ]),
    ],
    final: { state, drafts: [] },
  };
}
