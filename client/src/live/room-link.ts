import type { Cancel, Clock } from '../../../src/lib/clock.ts';
import type { Arrival, LiveRoom, RoomView } from '../store/room-view.ts';
import type { Call } from './call.ts';

export type RoomLinkDeps = {
  roomId: string;
  call: Call;
  clock: Clock;
  /** 0 to 1. */
  random(): number;
  room(): RoomView | undefined;
  deliver(arrival: Arrival): void;
  /** Called whenever the room has caught up, so that what waits can be sent. */
  onLive(): void;
};

/** Where a tab goes on from. One whose log was cut for another's eyes has no place in it: it takes the room as it stands. */
function positionIn(view: RoomView): { after: number; epoch: string } | undefined {
  if (view.status !== 'live' || view.outdated) return undefined;
  return { after: view.state.seq, epoch: view.epoch };
}

const lacksSomething = ({ behind, outdated }: LiveRoom) => behind || outdated;

const firstSyncAfterMs = 60;
const syncAtMostEveryMs = 8_000;

/** Keeps a room of this tab in step with the server: joins it, notices what is missing and asks for it, one call at a time. */
export function createRoomLink({ roomId, call, clock, random, room, deliver, onLive }: RoomLinkDeps) {
  let closed = false;
  let asking = false;
  let attempts = 0;
  /** Counts the connections there have been; a room is joined anew on each. */
  let connections = 0;
  let joinedOn = 0;
  let cancelWait: Cancel | undefined;

  function wait(action: () => void): void {
    if (closed || cancelWait !== undefined) return;
    const most = Math.min(firstSyncAfterMs * 2 ** attempts, syncAtMostEveryMs);
    cancelWait = clock.after(most * (0.5 + random() / 2), () => {
      cancelWait = undefined;
      action();
    });
  }

  async function ask(): Promise<void> {
    const view = room();
    if (closed || asking || view === undefined || view.status === 'over') return;
    asking = true;
    const connection = connections;
    try {
      const position = positionIn(view);
      const answer =
        joinedOn === connection && position !== undefined
          ? await call('room.sync', { roomId, ...position })
          : await call('room.join', { roomId, ...position });
      if (closed) return;
      if (answer.ok === 'lost') return retry();
      if (!answer.ok) return refused(answer.error.code, answer.error.message);
      joinedOn = connection;
      deliver({ type: 'joined', result: answer });
      settled();
    } catch (error) {
      // What the server sent does not fit this page's schemas: the page is older than the server.
      deliver({ type: 'over', why: { reason: 'unreadable', message: String(error).slice(0, 300) } });
    } finally {
      asking = false;
      if (connection !== connections) void ask();
      else check();
    }
  }

  function settled(): void {
    const view = room();
    attempts = view?.status === 'live' && !lacksSomething(view) ? 0 : attempts + 1;
    if (view?.status === 'live') onLive();
  }

  function retry(): void {
    attempts += 1;
    wait(() => void ask());
  }

  function refused(code: string, message: string): void {
    if (code === 'not_found' || code === 'forbidden') {
      const before = room()?.status === 'live';
      deliver({ type: 'over', why: { reason: before ? 'removed' : 'not_found', message } });
    } else if (code === 'unauthenticated') {
      deliver({ type: 'over', why: { reason: 'signed_out' } });
    } else if (code === 'invalid') {
      deliver({ type: 'over', why: { reason: 'not_found', message } });
    } else {
      retry();
    }
  }

  /** To be called after every change: asks for what is missing, after a moment in which it may still come by itself. */
  function check(): void {
    const view = room();
    if (closed || asking || view?.status !== 'live' || !lacksSomething(view)) return;
    wait(() => {
      const now = room();
      if (now?.status === 'live' && lacksSomething(now)) void ask();
    });
  }

  return {
    /** The connection is there, for the first time or again. */
    connected(): void {
      attempts = 0;
      connections += 1;
      cancelWait?.();
      cancelWait = undefined;
      void ask();
    },
    check,
    close(): void {
      closed = true;
      cancelWait?.();
    },
  };
}
