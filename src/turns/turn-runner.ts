import { system } from '../domain/command.ts';
import type { LoggedEvent } from '../domain/event.ts';
import type { Turn } from '../domain/room-state.ts';
import { mayHaveLostSubject, subjectOf } from '../domain/turns.ts';
import type { Checkpoint, Lease, TurnLock } from '../eventlog/turn-lock.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { wordsOf } from './finish-turn.ts';
import { type HeldLease, holdLease, type LeaseTiming } from './hold-lease.ts';
import { type KeptDraft, lastWords } from './last-words.ts';
import type { OtherProcesses } from './other-processes.ts';
import { runTurn } from './run-turn.ts';
import { TurnAbort, type TurnContext, type TurnParts } from './turn-context.ts';

type RunnerDeps = {
  parts: TurnParts;
  lock: TurnLock;
  clock: Clock;
  log: Log;
  timing: LeaseTiming;
  /** Names this process as a holder. */
  holder: string;
  others: OtherProcesses;
  /** The text of a running reply as tabs may have seen it, where that is kept outside the process that writes it. */
  draftOf?(turnId: string): Promise<KeptDraft | undefined>;
};

/** A room whose turns this process runs or is about to. */
type Room = {
  /** Somebody queued a turn since the queue was last looked at. */
  isWoken: boolean;
  running?: { turn: Turn; abort: AbortController };
  done: Promise<void>;
};

/** Milliseconds between looks for rooms whose turns nobody runs: after a crash, or when a wake-up was lost. */
const pollEvery = 1_000;
/** Rooms taken up at one look. */
const pollLimit = 50;

/**
 * Runs the turns of rooms, one at a time in each, in the order in which the log queues them. The turn lock decides which
 * process does; this is the queue in front of it.
 */
export function createTurnRunner({ parts, lock, clock, log, timing, holder, others, draftOf }: RunnerDeps) {
  const rooms = new Map<string, Room>();
  const { eventLog } = parts;
  let isDraining = false;
  let cancelPoll = () => {};

  const unsubscribe = eventLog.subscribe((roomId, events, origin) => {
    if (origin === 'elsewhere') giveUp(roomId, events);
    if (events.some(({ kind }) => kind === 'message.removed')) void endIfPointless(roomId, events);
    // What is queued elsewhere is taken up there, unless this process holds the room's turns.
    const isOurs = origin === 'here' || rooms.has(roomId);
    if (isOurs && events.some(({ kind }) => kind === 'turn.queued')) wake(roomId);
  });

  /** A turn that was ended elsewhere was taken from this process, which may not have noticed yet. */
  function giveUp(roomId: string, events: readonly LoggedEvent[]): void {
    const running = rooms.get(roomId)?.running;
    const isOver = events.some(
      ({ kind, turnId }) => kind === 'turn.ended' && turnId === running?.turn.turnId,
    );
    if (isOver) running?.abort.abort(new TurnAbort('lost'));
  }

  /** A turn whose message somebody took away has no place for its words: it ends, and the queue goes on. */
  async function endIfPointless(roomId: string, events: readonly LoggedEvent[]): Promise<void> {
    const running = rooms.get(roomId)?.running;
    if (running === undefined) return;
    const { turn, abort } = running;
    try {
      if (!mayHaveLostSubject(await eventLog.stateOf(roomId), turn, events)) return;
      if ((await eventLog.findMessage(roomId, subjectOf(turn.trigger))) !== undefined) return;
      abort.abort(new TurnAbort('withdrawn'));
    } catch (reason) {
      // It then finds out at its end.
      log.warn({ err: reason, roomId }, 'could not look for the message that a turn is about');
    }
  }

  /** Has the room's queue looked at, now or after the turn that runs. */
  function wake(roomId: string): void {
    if (isDraining) return;
    const known = rooms.get(roomId);
    if (known !== undefined) {
      known.isWoken = true;
      return;
    }
    const room: Room = { isWoken: false, done: Promise.resolve() };
    rooms.set(roomId, room);
    room.done = serve(roomId, room)
      .catch((reason) => {
        if (reason instanceof TurnAbort) log.warn({ roomId }, 'the turn lock was lost');
        else log.error({ err: reason, roomId }, 'the turns of a room could not be run');
      })
      .finally(() => {
        rooms.delete(roomId);
        // What was queued between the last look and now has nobody else to wake it.
        if (room.isWoken) wake(roomId);
      });
  }

  async function serve(roomId: string, room: Room): Promise<void> {
    const acquiredAt = clock.monotonic();
    room.isWoken = false;
    const lease = await lock.acquire(roomId, holder, timing.duration);
    // Somebody else runs this room's turns, or did until a moment ago; the poll comes back to it.
    if (lease === undefined) return;
    let context: TurnContext | undefined;
    const held = holdLease(lease, acquiredAt, {
      lock,
      clock,
      timing,
      checkpoint: () => checkpointOf(context),
      onStopRequested: (turnId) => stop(roomId, turnId),
      onLost: () => room.running?.abort.abort(new TurnAbort('lost')),
    });
    try {
      await endOrphan(roomId, lease);
      for (;;) {
        room.isWoken = false;
        if (isDraining || held.isLost) return;
        const turn = (await eventLog.newestStateOf(roomId)).turns.find(({ status }) => status === 'queued');
        // It may have been lost while that was read, with no turn yet to be told.
        if (held.isLost) return;
        if (turn === undefined) {
          if (room.isWoken) continue;
          return;
        }
        const abort = new AbortController();
        room.running = { turn, abort };
        context = contextOf(roomId, turn, held, abort.signal);
        await runTurn(context, log);
        delete room.running;
      }
    } finally {
      delete room.running;
      const wasLost = held.isLost;
      held.letGo();
      if (!wasLost) await lock.release(lease);
      if (isDraining) others.wake(roomId);
      // Whoever queued a turn between the last look and the release found the lock taken.
      else if (!wasLost && (await hasQueued(roomId))) room.isWoken = true;
    }
  }

  async function hasQueued(roomId: string): Promise<boolean> {
    return (await eventLog.newestStateOf(roomId)).turns.some(({ status }) => status === 'queued');
  }

  function contextOf(roomId: string, turn: Turn, held: HeldLease, signal: AbortSignal): TurnContext {
    return { ...parts, roomId, turn, lease: held.lease, signal, checkpoint: held.beat };
  }

  /** Ends the turn that a holder left running when it died, with the text it had written down. */
  async function endOrphan(roomId: string, lease: Lease): Promise<void> {
    const state = await eventLog.newestStateOf(roomId);
    const orphan = state.turns.find(({ status }) => status === 'running');
    if (orphan === undefined) return;
    const { turnId } = orphan;
    const said = state.messages.filter((message) => message.turnId === turnId);
    const checkpoint = lastWords({
      turnId,
      checkpoint: await lock.checkpointOf(roomId, turnId),
      draft: await draftOf?.(turnId).catch(() => undefined),
      // Only the reply, which comes first; what else it says follows from a message that was written down with it.
      bots: said.length === 0 ? state.bots : [],
    });
    const isKnown = ({ messageId }: { messageId: string }) =>
      said.some((message) => message.messageId === messageId);
    // Whoever had said it all was only seeing to what follows from it: the reply is whole.
    const isWhole = said.length > 0 && (checkpoint === undefined || isKnown(checkpoint.message));
    const args = {
      turnId,
      outcome: isWhole ? ('completed' as const) : ('interrupted' as const),
      ...(checkpoint === undefined || isWhole ? {} : { reply: checkpoint.message }),
    };
    log.info({ roomId, turnId }, 'ending a turn whose holder is gone');
    await eventLog.handle({
      roomId,
      command: { name: 'turn.finish', args },
      actor: system,
      turnEpoch: lease.epoch,
    });
  }

  /** Stops a turn if it runs here. */
  function stop(roomId: string, turnId: string): boolean {
    const running = rooms.get(roomId)?.running;
    if (running?.turn.turnId !== turnId) return false;
    running.abort.abort(new TurnAbort('stopped'));
    return true;
  }

  async function poll(): Promise<void> {
    try {
      for (const roomId of await lock.roomsToServe(pollLimit)) wake(roomId);
    } catch (reason) {
      log.warn({ err: reason }, 'could not look for waiting turns');
    }
    if (!isDraining) cancelPoll = clock.after(pollEvery, () => void poll());
  }

  return {
    /** Takes up what waits in the log and goes on looking. */
    start: () => void poll(),
    wake,
    stop,
    /** Begins no more turns, lets the running ones end for `grace` milliseconds, then interrupts them. */
    async drain(grace: number): Promise<void> {
      isDraining = true;
      cancelPoll();
      unsubscribe();
      const cancel = clock.after(grace, () => {
        for (const { running } of rooms.values()) running?.abort.abort(new TurnAbort('interrupted'));
      });
      await Promise.all([...rooms.values()].map(({ done }) => done));
      cancel();
    },
  };
}

export type TurnRunner = ReturnType<typeof createTurnRunner>;

function checkpointOf(context: TurnContext | undefined): Checkpoint | undefined {
  const message = context && wordsOf(context);
  if (context === undefined || message === undefined || message.text === '') return undefined;
  return { turnId: context.turn.turnId, message };
}
