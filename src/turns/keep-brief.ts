import { system } from '../domain/command.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { Cancel, Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';

/** Milliseconds in which nothing must happen in a room before its brief is brought up to date by itself. */
const quietFor = 20_000;

type Deps = { eventLog: EventLog; clock: Clock; log: Log };

/**
 * Has briefs refreshed by themselves: when what is known has changed and the room has been quiet for a while. Whether it is
 * needed is decided with the newest state, so that several processes that notice queue one refresh.
 */
export function keepBriefs({ eventLog, clock, log }: Deps): { close(): void } {
  /** Rooms in which what is known has changed, and what cancels the look at them. */
  const waiting = new Map<string, Cancel>();

  const unsubscribe = eventLog.subscribe((roomId, events) => {
    const changes = events.some(({ kind }) => kind.startsWith('fact.'));
    const cancel = waiting.get(roomId);
    if (!changes && cancel === undefined) return;
    // Anything that happens begins the quiet anew.
    cancel?.();
    waiting.set(
      roomId,
      clock.after(quietFor, () => void look(roomId)),
    );
  });

  async function look(roomId: string): Promise<void> {
    waiting.delete(roomId);
    try {
      await eventLog.handle({ roomId, actor: system, command: { name: 'brief.keep', args: {} } });
    } catch (reason) {
      log.warn({ err: reason, roomId }, 'a refresh of the brief could not be queued');
    }
  }

  return {
    close() {
      unsubscribe();
      for (const cancel of waiting.values()) cancel();
      waiting.clear();
    },
  };
}
