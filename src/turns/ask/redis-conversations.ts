import { z } from 'zod';
import { numberingSchema } from '../../domain/offered-source.ts';
import { type Clock, pause } from '../../lib/clock.ts';
import type { NewId } from '../../lib/ids.ts';
import type { Redis } from '../../redis/redis.ts';
import {
  type ConversationStore,
  defaultPatience,
  forgottenAfter,
  stillAnswering,
} from './conversation-store.ts';

/** Milliseconds: how long the lock of a process that died stays shut, between its renewals, and for which one waits for it. */
export type LockTiming = { lease: number; renewEvery: number; patience: number };

const defaultTiming: LockTiming = { lease: 6_000, renewEvery: 1_500, patience: defaultPatience };
const lookEvery = 100;

const conversationSchema = z.object({
  owner: z.string(),
  pairs: z.array(z.object({ question: z.string(), answer: z.string() })),
  numbering: numberingSchema,
});

/** Each does what it says only while the lock holds our ticket, and tells whether it does. */
const ifMine = (action: string) =>
  `if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end redis.call(${action}) return 1`;
const releaseIfMine = ifMine(`'del', KEYS[1]`);
const renewIfMine = ifMine(`'pexpire', KEYS[1], ARGV[2]`);
const keepIfMine = ifMine(`'set', KEYS[2], ARGV[2], 'PX', ARGV[3]`);

/** Conversations in Redis, where every process finds them. While Redis is away everything throws what the connection throws. */
export function createRedisConversations(
  redis: Redis,
  clock: Clock,
  newId: NewId,
  { lease, renewEvery, patience }: LockTiming = defaultTiming,
): ConversationStore {
  const keyOf = (id: string) => `${redis.prefix}:ask:${id}`;
  const lockOf = (id: string) => `${redis.prefix}:ask-lock:${id}`;

  async function take(id: string, ticket: string, signal: AbortSignal): Promise<void> {
    const givenUpAt = clock.monotonic() + patience;
    const options = { condition: 'NX' as const, expiration: { type: 'PX' as const, value: lease } };
    while ((await redis.ask((client) => client.set(lockOf(id), ticket, options))) === null) {
      if (clock.monotonic() >= givenUpAt) throw stillAnswering();
      await pause(clock, lookEvery, signal);
      signal.throwIfAborted();
    }
  }

  return {
    async load(id) {
      const json = await redis.ask((client) => client.get(keyOf(id)));
      return json === null ? undefined : conversationSchema.parse(JSON.parse(json));
    },
    async enter(id, signal) {
      const ticket = newId();
      const run = (script: string, keys: string[], ...rest: string[]) =>
        redis.ask((client) => client.eval(script, { keys, arguments: [ticket, ...rest] }));
      let hasLeft = false;

      /** A renewal that fails is made up for by the next; should none arrive, the lock opens by itself. */
      async function renew(): Promise<void> {
        const isMine = await run(renewIfMine, [lockOf(id)], `${lease}`).catch(() => 1);
        if (!hasLeft && isMine === 1) cancel = clock.after(renewEvery, renew);
      }

      await take(id, ticket, signal);
      let cancel = clock.after(renewEvery, renew);
      return {
        async keep(conversation) {
          const json = JSON.stringify(conversation);
          const isKept = await run(keepIfMine, [lockOf(id), keyOf(id)], json, `${forgottenAfter}`);
          if (isKept !== 1) throw new Error('the lock of this conversation was lost while it was answered');
        },
        async leave() {
          hasLeft = true;
          cancel();
          await run(releaseIfMine, [lockOf(id)]).catch(() => {});
        },
      };
    },
  };
}
