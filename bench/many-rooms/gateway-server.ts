/**
 * A process: Kibitz's live text without what brings it about. The gateway as the app builds it (tabs that join by session and
 * role, presence, heads, slow consumers, frames) over a real log, while the tokens are made here instead of by turns that
 * ask an endpoint; so it can be told from them, and set against a server that makes its tokens itself.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createRateLimits, defaultRates } from '../../src/commands/rate-limits.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { createEventLog } from '../../src/eventlog/event-log.ts';
import { createTurnLock } from '../../src/eventlog/turn-lock.ts';
import { createGateway, defaultPing } from '../../src/gateway/gateway.ts';
import { defaultCaps } from '../../src/gateway/slow-consumers.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import { createAccounts } from '../../src/people/accounts.ts';
import { createBots } from '../../src/people/bots.ts';
import { createRoomMaker } from '../../src/people/create-room.ts';
import { createOriginPolicy } from '../../src/people/origin-policy.ts';
import { newRoomBody } from '../../src/protocol/rooms.ts';
import { giveTokens, type Run } from '../fanout/replies.ts';
import type { KibitzRoom } from '../fanout/tabs.ts';
import { inBatches } from '../lib/batches.ts';
import { loudLog as log } from '../lib/loud-log.ts';

const [, , folder = '', roomCount = '1'] = process.argv;
const clock = systemClock;
const db = await openDatabase(`sqlite:${join(folder, 'gateway.db')}`);
const eventLog = createEventLog({ db, clock, newId: randomId, log });
const accounts = createAccounts(db, clock, randomId);
const createRoom = createRoomMaker({ eventLog, bots: createBots(db, clock, randomId), newId: randomId });

const http = createServer();
http.listen(0, '127.0.0.1');
await once(http, 'listening');
const { port } = http.address() as AddressInfo;
const url = `http://127.0.0.1:${port}`;

const { live } = createGateway({
  http,
  eventLog,
  execute: () => Promise.reject(new Error('no commands here')),
  accounts,
  origins: createOriginPolicy(url, port),
  limits: createRateLimits(defaultRates),
  clock,
  log,
  caps: defaultCaps,
  ping: defaultPing,
  onToken: () => {},
  redis: undefined,
  processId: randomId(),
  checkpointOf: createTurnLock(db).checkpointOf,
  turns: { wake: () => {}, stop: () => false },
  onLost: () => {},
});

const rooms: KibitzRoom[] = await inBatches(Number(roomCount), 20, async () => {
  const { user, secret } = await accounts.signUp('Owner');
  const { room } = await createRoom(user, newRoomBody.parse({ title: 'Bench', bots: [] }));
  return { roomId: room.id, cookie: `kibitz_session=${secret}` };
});

/** Milliseconds in which the last frame of a reply has gone out. */
const lastBeat = 500;

process.on('message', (run: Run) => {
  const turns = new Map<number, string>();
  giveTokens(
    run,
    (room, tokens) => {
      let turnId = turns.get(room);
      if (turnId === undefined) {
        turnId = randomId();
        turns.set(room, turnId);
        live.begin({
          roomId: rooms[room]?.roomId ?? '',
          turnId,
          messageId: randomId(),
          botId: randomId(),
        });
      }
      // One by one, as a model's stream brings them.
      for (const text of tokens) live.add(turnId, text);
    },
    // In the app the reply's message brings along what still waits; here nothing but the beat does.
    (room) => void clock.after(lastBeat, () => live.end(turns.get(room) ?? '')),
  );
  process.send?.({});
});
process.send?.({ url, rooms });
