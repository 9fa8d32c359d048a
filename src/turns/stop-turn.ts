import type { EventLog } from '../eventlog/event-log.ts';
import type { CommandRequest, CommandResult } from '../eventlog/handle-command.ts';
import type { TurnLock } from '../eventlog/turn-lock.ts';
import type { Clock } from '../lib/clock.ts';
import { KibitzError } from '../lib/errors.ts';
import type { OtherProcesses } from './other-processes.ts';
import type { TurnRunner } from './turn-runner.ts';

/** Milliseconds within which a running turn must have ended after it was asked to. */
const patience = 8_000;
/** Milliseconds between looks at the log while the turn runs in another process. */
const lookEvery = 500;

type Deps = {
  eventLog: EventLog;
  lock: TurnLock;
  runner: Pick<TurnRunner, 'stop'>;
  others: OtherProcesses;
  clock: Clock;
};

/**
 * Stops a turn wherever it is: one that waits is ended at once, one that runs is ended by its runner with the text so
 * far. Answers when the end is durable, with its `seq`.
 */
export function createStopTurn({ eventLog, lock, runner, others, clock }: Deps) {
  return async function stopTurn(request: CommandRequest, turnId: string): Promise<CommandResult> {
    const { roomId } = request;
    const end = watchEnd(roomId, turnId);
    try {
      const decided = await eventLog.handle(request);
      if (decided.running !== true) return told(decided);
      if (!runner.stop(roomId, turnId)) {
        await lock.requestStop(roomId, turnId);
        others.stop(roomId, turnId);
      }
      // Sent twice at once, it may have ended the turn elsewhere, while that still waited: then that was its result.
      return told(await eventLog.complete(request, { turnId, seq: await end.seq }));
    } finally {
      end.cancel();
    }
  };

  function watchEnd(roomId: string, turnId: string) {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    promise.catch(() => {});
    const unsubscribe = eventLog.subscribe((id, events) => {
      const end = events.find((event) => event.kind === 'turn.ended' && event.turnId === turnId);
      if (id === roomId && end !== undefined) resolve(end.seq);
    });
    // Another process tells only the log.
    const look = () => {
      eventLog.newestStateOf(roomId).catch(() => {});
      cancelLook = clock.after(lookEvery, look);
    };
    let cancelLook = clock.after(lookEvery, look);
    const cancelLimit = clock.after(patience, () => {
      reject(new KibitzError('unavailable', 'The reply is being stopped, but that takes unusually long.'));
    });
    return {
      seq: promise,
      cancel: () => {
        unsubscribe();
        cancelLook();
        cancelLimit();
      },
    };
  }
}

export type StopTurn = ReturnType<typeof createStopTurn>;

/** Everybody who asks is told the same, however the turn came to its end. */
function told({ running: _, ...result }: CommandResult): CommandResult {
  return result;
}
