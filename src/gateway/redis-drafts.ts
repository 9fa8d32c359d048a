import { draftSchema } from '../protocol/room-join.ts';
import type { Redis } from '../redis/redis.ts';
import type { DraftStore } from './draft-store.ts';

/** Seconds after which a draft goes that nobody has dropped. No reply takes longer. */
const keptFor = 1_800;

const headSchema = draftSchema.omit({ text: true });

/** Drafts in Redis: a list of what the draft is of, and then its text in the pieces in which it was sent. */
export function createRedisDrafts(redis: Redis): DraftStore {
  const keyOf = (turnId: string) => `${redis.prefix}:draft:${turnId}`;
  const { commands } = redis;
  /** Nobody waits for it, and nothing rests on it. */
  const attempt = (command: () => Promise<unknown>) => {
    if (redis.isUp) command().catch(() => {});
  };

  return {
    put({ text, ...head }) {
      const key = keyOf(head.turnId);
      attempt(() =>
        commands
          .multi()
          .del(key)
          .rPush(key, [JSON.stringify(head), text])
          .expire(key, keptFor)
          .exec(),
      );
    },
    add(turnId, text) {
      // Only after its beginning: a draft with a hole is worse than none.
      attempt(() => commands.rPushX(keyOf(turnId), text));
    },
    drop(turnId) {
      attempt(() => commands.del(keyOf(turnId)));
    },
    async read(turnId) {
      const [head, ...pieces] = await redis.ask((client) => client.lRange(keyOf(turnId), 0, -1));
      if (head === undefined) return undefined;
      return { ...headSchema.parse(JSON.parse(head)), text: pieces.join('') };
    },
  };
}
