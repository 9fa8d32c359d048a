import type { EventLog } from '../eventlog/event-log.ts';
import type { Cancel, Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { eventsOf, type IoServer, type Tabs } from './tabs.ts';

/** Each room hears its head every `slots × tick` = 5 s; rooms take turns, so that they are not all told at once. */
const slots = 20;
const tick = 250;
/**
 * Every `slotsALook × tick` = 1 s this process looks for events that no other has told it of: somebody who was removed there would
 * go on seeing here what is written.
 */
const slotsALook = 4;

type Deps = { io: IoServer; tabs: Tabs; eventLog: EventLog; clock: Clock; log: Log };

function slotOf(roomId: string): number {
  let sum = 0;
  for (let index = 0; index < roomId.length; index += 1) sum += roomId.charCodeAt(index);
  return sum % slots;
}

/**
 * Tells every tab now and then where its room's log stands, so that one that missed something syncs; and takes in
 * what other processes appended, so that the tabs here get it even if nothing else tells this process.
 */
export function startHeads({ io, tabs, eventLog, clock, log }: Deps) {
  let slot = 0;
  let cancel: Cancel = clock.after(tick, beat);
  let isStopped = false;

  function beat(): void {
    slot = (slot + 1) % slots;
    const isDue = (roomId: string) => slotOf(roomId) === slot;
    const isLookedAt = (roomId: string) => slotOf(roomId) % slotsALook === slot % slotsALook;
    takeIn(tabs.rooms().filter(isLookedAt), isDue).finally(() => {
      if (!isStopped) cancel = clock.after(tick, beat);
    });
  }

  async function takeIn(roomIds: readonly string[], isTold: (roomId: string) => boolean): Promise<void> {
    try {
      for (const { roomId, head, epoch } of await eventLog.headsOf(roomIds)) {
        if ((await eventLog.stateOf(roomId)).seq < head) await eventLog.newestStateOf(roomId);
        if (isTold(roomId)) io.local.to(eventsOf(roomId)).emit('head', { roomId, seq: head, epoch });
      }
    } catch (reason) {
      log.warn({ err: reason }, 'the heads of rooms could not be read');
    }
  }

  return {
    /** Looks at all rooms at once, after a time in which this process heard nothing. */
    tellAll: () => void takeIn(tabs.rooms(), () => true),
    stop: () => {
      isStopped = true;
      cancel();
    },
  };
}
