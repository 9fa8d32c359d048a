import type { Checkpoint, Lease, TurnLock } from '../eventlog/turn-lock.ts';
import type { Cancel, Clock } from '../lib/clock.ts';

/**
 * Milliseconds. A holder gives up `margin` before its lease ends, so that it has stopped when another may begin. It renews
 * after a `beat` or a little less: at one of ten moments in each, so that the leases of many rooms share a commit.
 */
export type LeaseTiming = { duration: number; beat: number; margin: number };

/** The timing of leases of this length: renewed six times over, given up a quarter before its end. */
export function leaseTiming(duration: number): LeaseTiming {
  return { duration, beat: Math.floor(duration / 6), margin: Math.floor(duration / 4) };
}

export const defaultLeaseTiming = leaseTiming(6_000);

const momentsABeat = 10;

type Holder = {
  lock: TurnLock;
  clock: Clock;
  timing: LeaseTiming;
  /** What to write down with the next renewal, if it has changed. */
  checkpoint(): Checkpoint | undefined;
  onStopRequested(turnId: string): void;
  /** The lease ran out or was taken: nothing may be written under it any more. */
  onLost(): void;
};

/** Keeps a lease by renewing it on a beat until it is let go. Its end is judged by the clock that only goes forward. */
export function holdLease(lease: Lease, acquiredAt: number, holder: Holder) {
  const { lock, clock, timing } = holder;
  let isOver = false;
  let isRenewing = false;
  /** Somebody wanted it renewed while it was being renewed: with what is to be written down by now. */
  let isWanted = false;
  let cancelBeat: Cancel;
  let cancelEnd = watchEnd(acquiredAt);
  scheduleBeat();

  function watchEnd(from: number): Cancel {
    return clock.after(from + timing.duration - timing.margin - clock.monotonic(), lose);
  }

  function scheduleBeat(): void {
    const sinceMoment = clock.monotonic() % (timing.beat / momentsABeat);
    cancelBeat = clock.after(timing.beat - sinceMoment, () => {
      void renew().finally(() => {
        if (!isOver) scheduleBeat();
      });
    });
  }

  function lose(): void {
    if (isOver) return;
    letGo();
    holder.onLost();
  }

  function letGo(): void {
    isOver = true;
    cancelBeat();
    cancelEnd();
  }

  async function renew(): Promise<void> {
    if (isOver) return;
    if (isRenewing) {
      isWanted = true;
      return;
    }
    isRenewing = true;
    isWanted = false;
    // The lease counts from before the question: the answer may take a while.
    const askedAt = clock.monotonic();
    try {
      const renewal = await lock.renew(lease, timing.duration, holder.checkpoint());
      if (isOver) return;
      if (!renewal.held) return lose();
      cancelEnd();
      cancelEnd = watchEnd(askedAt);
      if (renewal.stop !== undefined) holder.onStopRequested(renewal.stop);
    } catch {
      // The database did not answer. The next beat asks again; the end of the lease does not wait for it.
    } finally {
      isRenewing = false;
    }
    if (isWanted) await renew();
  }

  return {
    lease,
    /** Renews at once. */
    beat: () => void renew(),
    /** Stops renewing; the lease is then released or left to run out. */
    letGo,
    get isLost() {
      return isOver;
    },
  };
}

export type HeldLease = ReturnType<typeof holdLease>;
