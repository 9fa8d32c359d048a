import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { test } from 'vitest';
import { connectPeers } from '../../src/gateway/redis-peers.ts';
import type { IoServer } from '../../src/gateway/tabs.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { freshRedisConfig, hasRedis, openRedis } from '../support/redis.ts';
import { createRecordedLog } from '../support/silent-log.ts';
import { until } from '../support/until.ts';

/** What of Socket.IO's adapter makes a tab show a room, and no longer. */
type Rooms = { addAll(tab: string, rooms: Set<string>): void; del(tab: string, room: string): void };
/** Where it is told what other processes broadcast. */
type Hearing = { onMessage(message: { data?: { packet?: { data?: unknown[] } } }): void };

const room = 'live:a room';

test.skipIf(!hasRedis)(
  '[CL1] a room whose last tab leaves hears others as soon as one comes back, before Redis has answered',
  async () => {
    const config = freshRedisConfig();
    const open = async () => {
      const redis = await openRedis(config);
      const io: IoServer = new Server(createServer(), { transports: ['websocket'] });
      connectPeers({ io, redis, clock: systemClock, log: createRecordedLog(), onLost() {} });
      return { io, redis };
    };
    const [here, there] = [await open(), await open()];
    const adapter = there.io.of('/').adapter as unknown as Rooms & Hearing;
    const heard: unknown[] = [];
    const onMessage = adapter.onMessage.bind(adapter);
    adapter.onMessage = (message) => {
      heard.push(message.data?.packet?.data?.[1]);
      onMessage(message);
    };
    const hears = (text: string) =>
      until(`“${text}” to be heard`, () => {
        here.io.to(room).emit('typing', text as never);
        return heard.includes(text);
      });
    adapter.addAll('one', new Set([room]));
    await hears('before');
    adapter.del('one', room);
    adapter.addAll('another', new Set([room]));
    // Answered after all that was asked before it.
    await there.redis.subscriber.ping();
    await hears('after');
    adapter.del('another', room);
    await there.redis.subscriber.ping();
    adapter.addAll('a third', new Set([room]));
    await hears('again');
  },
);
