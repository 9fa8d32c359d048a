import { createShardedAdapter } from '@socket.io/redis-adapter';
import { type Adapter, MessageType } from 'socket.io-adapter';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Redis } from '../redis/redis.ts';
import type { PeerMessages, Peers } from './peers.ts';
import type { IoServer } from './tabs.ts';

/** Milliseconds after which a subscription that failed is tried again. */
const tryAgainAfter = 500;

type Deps = { io: IoServer; redis: Redis; clock: Clock; log: Log; onLost(): void };

/** The adapter's way to the other processes, which its types keep to themselves. */
type Publishing = { publish(message: { type: MessageType; data: object }): void };

/**
 * Connects the processes through Redis: live text by one channel a room, which only those listen to who have tabs in it, and
 * what processes tell each other by a channel for all.
 */
export function connectPeers({ io, redis, clock, log, onLost }: Deps): Peers {
  const createAdapter = createShardedAdapter(publisherOf(redis, onLost), subscriberOf(redis, clock), {
    channelPrefix: `${redis.prefix}:io`,
    subscriptionMode: 'dynamic',
  });
  // Socket.IO calls it with `new`, so it cannot be an arrow.
  io.adapter(function adapterOf(namespace: unknown) {
    return localFirst(createAdapter(namespace));
  });

  return {
    tell(name, ...message) {
      io.serverSideEmit(name, ...(message as Parameters<PeerMessages[typeof name]>));
    },
    on(name, listener) {
      const listen = io.on.bind(io) as (name: string, listener: (...message: unknown[]) => void) => void;
      listen(name, (...message) => {
        try {
          (listener as (...message: unknown[]) => void)(...message);
        } catch (reason) {
          // Something of another version, perhaps. It was a hint; nothing rests on it.
          log.warn({ err: reason, name }, 'what another process told could not be used');
        }
      });
    },
  };
}

/** The stock adapter has the tabs of this process wait until Redis has the message, and for as long as it is away. */
function localFirst(adapter: Adapter): Adapter {
  const broadcast = adapter.broadcast.bind(adapter);
  adapter.broadcast = (packet, options) => {
    broadcast(packet, { ...options, flags: { ...options.flags, local: true } });
    if (options.flags?.local) return;
    const { rooms, except, flags } = options;
    const data = { packet, opts: { rooms: [...rooms], except: [...(except ?? [])], flags } };
    (adapter as unknown as Publishing).publish({ type: MessageType.BROADCAST, data });
  };
  return adapter;
}

/** What cannot be published now is not worth publishing later. */
function publisherOf(redis: Redis, onLost: () => void) {
  const lost = (reason: unknown) => {
    onLost();
    throw reason;
  };
  return {
    sSubscribe() {},
    sPublish: (channel: string, message: string | Buffer): Promise<number> =>
      redis.isUp
        ? redis.commands.sPublish(channel, message).catch(lost)
        : Promise.reject(new Error('Redis is away')).catch(lost),
  };
}

/** A subscription that fails is tried again for as long as it is wanted; the client renews only those that have succeeded. */
function subscriberOf({ subscriber }: Redis, clock: Clock) {
  type Listener = Parameters<typeof subscriber.sSubscribe<true>>[1];
  const wanted = new Map<string, Listener>();

  function subscribe(channel: string, listener: Listener): void {
    subscriber.sSubscribe(channel, listener, true).catch(() => {
      clock.after(tryAgainAfter, () => {
        if (wanted.get(channel) === listener) subscribe(channel, listener);
      });
    });
  }

  return {
    sSubscribe(channel: string, listener: Listener): void {
      wanted.set(channel, listener);
      subscribe(channel, listener);
    },
    async sUnsubscribe(channel: string): Promise<void> {
      const listener = wanted.get(channel);
      wanted.delete(channel);
      // With its listener: a client that is told of the channel alone forgets it when Redis has answered, and with it whoever
      // subscribed to it meanwhile. What is heard all the same belongs to no tab here.
      await subscriber.sUnsubscribe(channel, listener, true).catch(() => {});
    },
  };
}
