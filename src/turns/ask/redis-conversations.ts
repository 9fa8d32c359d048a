import { z } from 'zod';
import { numberingSchema } from '../../domain/offered-source.ts';
import { type Clock, pause } from '../../lib/clock.ts';
import { KibitzError } from '../../lib/errors.ts';
import type { NewId } from '../../lib/ids.ts';
import type { Redis } from '../../redis/redis.ts';
import { type ConversationStore, forgottenAfter } from './conversation-store.ts';

/** Milliseconds after which a lock whose holder has died is open again; an answer is cut before that. */
const lockedFor = 180_000;
const lookEvery = 100;

const conversationSchema = z.object({
  owner: z.string(),
  pairs: z.array(z.object({ question: z.string(), answer: z.string() })),
  numbering: numberingSchema,
});

const releaseIfMine = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end`;

/** Conversations in Redis, where every process finds them. */
export function createRedisConversations(redis: Redis, clock: Clock, newId: NewId): ConversationStore {
  const keyOf = (id: string) => `${redis.prefix}:ask:${id}`;
  const lockOf = (id: string) => `${redis.prefix}:ask-lock:${id}`;

  async function reached<T>(command: Parameters<typeof redis.ask<T>>[0]): Promise<T> {
    try {
      return await redis.ask(command);
    } catch (cause) {
      throw new KibitzError(
        'unavailable',
        'What you asked before cannot be reached right now. Try again in a moment, or begin anew.',
        undefined,
        { cause },
      );
    }
  }

  return {
    async load(id) {
      const json = await reached((client) => client.get(keyOf(id)));
      return json === null ? undefined : conversationSchema.parse(JSON.parse(json));
    },
    async keep(id, conversation) {
      const expiration = { type: 'PX' as const, value: forgottenAfter };
      await reached((client) => client.set(keyOf(id), JSON.stringify(conversation), { expiration }));
    },
    async enter(id, signal) {
      const ticket = newId();
      const expiration = { type: 'PX' as const, value: lockedFor };
      const take = () => reached((client) => client.set(lockOf(id), ticket, { condition: 'NX', expiration }));
      while ((await take()) === null) {
        await pause(clock, lookEvery, signal);
        signal.throwIfAborted();
      }
      return async () => {
        // Should this fail, the lock opens by itself.
        const release = { keys: [lockOf(id)], arguments: [ticket] };
        await redis.ask((client) => client.eval(releaseIfMine, release)).catch(() => {});
      };
    },
  };
}
