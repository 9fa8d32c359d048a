import { createClient } from 'redis';
import type { Cancel, Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';

/** Milliseconds between questions whether Redis is there, and how long it has to answer. */
const lookEvery = 1_000;
const answerWithin = 2_000;
/** Commands that may wait for an answer; past it they are refused rather than kept. */
const mostWaiting = 10_000;

type Deps = { url: string; prefix: string; clock: Clock; log: Log };

/** Opens the connections to a Redis of version 7 or newer. Resolves at once: it may be away, and come back, at any time. */
export function connectRedis({ url, prefix, clock, log }: Deps) {
  const options = {
    url,
    maintNotifications: 'disabled' as const,
    socket: {
      connectTimeout: 2_000,
      // A connection on which nothing is heard, not even the answers to our questions, is given up.
      socketTimeout: 10_000,
      reconnectStrategy: (tries: number) => Math.min(50 * 2 ** tries, 1_000) * (0.5 + Math.random() / 2),
    },
  };
  // What is said while it is away is late by the time it is back: it is refused at once and never queued.
  const commands = createClient({
    ...options,
    disableOfflineQueue: true,
    commandsQueueMaxLength: mostWaiting,
  });
  // Subscriptions on the other hand must be made up for.
  const subscriber = createClient(options);
  const listeners = new Set<(isUp: boolean) => void>();
  let isUp = false;
  let isClosed = false;
  let cancelNext: Cancel = () => {};

  for (const client of [commands, subscriber]) {
    client.on('error', (reason: Error) => {
      log.debug({ err: reason }, 'Redis');
      setUp(false);
    });
    client.on('ready', () => void look());
    // The strategy never gives up; only closing ends the attempts.
    client.connect().catch(() => {});
  }
  scheduleNext();

  function setUp(now: boolean): void {
    if (now === isUp || isClosed) return;
    isUp = now;
    log.warn({}, now ? 'Redis is there' : 'Redis is away: this process goes on for its own tabs');
    for (const listener of listeners) listener(now);
  }

  /** One that is connected may still be stopped: only an answer tells. */
  async function look(): Promise<void> {
    if (!commands.isReady || !subscriber.isReady) return setUp(false);
    const answered = Promise.all([commands.ping(), subscriber.ping()]).then(
      () => true,
      () => false,
    );
    const isThere = await inTime(answered).catch(() => false);
    setUp(isThere && commands.isReady && subscriber.isReady);
    // Not asked again before this question is answered: a stopped Redis is not to find a heap of them.
    if (!isThere) await answered;
  }

  async function inTime<T>(answer: Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>();
    const cancel = clock.after(answerWithin, () => late.reject(new Error('Redis does not answer')));
    try {
      return await Promise.race([answer, late.promise]);
    } finally {
      cancel();
    }
  }

  function scheduleNext(): void {
    cancelNext = clock.after(lookEvery, () => void look().finally(scheduleNext));
  }

  return {
    commands,
    subscriber,
    /** Runs commands whose answer somebody waits for: throws while Redis is away, and when it does not answer in time. */
    async ask<T>(run: (client: typeof commands) => Promise<T>): Promise<T> {
      if (!isUp) throw new Error('Redis is away');
      return inTime(run(commands));
    },
    /** What every key and channel begins with, so that several deployments can share a Redis. */
    prefix,
    get isUp() {
      return isUp;
    },
    /** Calls back whenever Redis has gone away or come back. */
    onChange(listener: (isUp: boolean) => void): void {
      listeners.add(listener);
    },
    close(): void {
      isClosed = true;
      cancelNext();
      listeners.clear();
      for (const client of [commands, subscriber]) client.destroy();
    },
  };
}

export type Redis = ReturnType<typeof connectRedis>;
