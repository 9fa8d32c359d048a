import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, expect, test } from 'vitest';
import { createRateLimits, defaultRates } from '../../src/commands/rate-limits.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { settingsSchema } from '../../src/domain/settings.ts';
import { askRouter } from '../../src/http/ask-router.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import { createAccounts } from '../../src/people/accounts.ts';
import { createBots } from '../../src/people/bots.ts';
import { freshSqliteUrl } from '../support/databases.ts';
import { createRecordedLog } from '../support/silent-log.ts';
import { openLog } from '../support/test-log.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanUps.splice(0)) await clean();
});

/** The router alone, which waits for the bot that is to answer until it is let go; and what it has answered. */
async function setUp() {
  const db = await openDatabase(await freshSqliteUrl());
  const eventLog = openLog(db);
  const accounts = createAccounts(db, systemClock, randomId);
  const bots = createBots(db, systemClock, randomId);
  const { user, secret } = await accounts.signUp('Ann');
  const { id: botId, name } = await bots.create(user.id, { name: 'Ada', persona: 'Kind.' });
  const settings = settingsSchema.parse({});
  const args = { title: 'A room', template: 'blank', settings, ownerName: 'Ann' } as const;
  await eventLog.handle({
    roomId: 'room',
    actor: { type: 'user', id: user.id },
    command: { name: 'room.create', args: { ...args, bots: [{ botId, name }] } },
  });
  const [waiting, goOn, left] = [Promise.withResolvers(), Promise.withResolvers(), Promise.withResolvers()];
  const answered: string[] = [];
  const router = askRouter({
    accounts,
    eventLog,
    bots: {
      ...bots,
      async find(id) {
        waiting.resolve(undefined);
        await goOn.promise;
        return bots.find(id);
      },
    },
    limits: createRateLimits(defaultRates),
    ask: async ({ query }) => void answered.push(query),
    clock: systemClock,
    log: createRecordedLog(),
  });
  const watch: express.RequestHandler = (_request, response, next) => {
    response.on('close', left.resolve);
    next();
  };
  const server = createServer(express().use(watch, express.json(), router)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(async () => {
    server.close();
    await db.close();
  });
  const { port } = server.address() as AddressInfo;
  const ask = (query: string, signal?: AbortSignal) =>
    fetch(`http://127.0.0.1:${port}/ask`, {
      method: 'POST',
      headers: { cookie: `kibitz_session=${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ roomId: 'room', query }),
      signal: signal ?? null,
    });
  return { ask, answered, waiting: waiting.promise, left: left.promise, goOn: () => goOn.resolve(undefined) };
}

test('[AQ9] one who leaves before the answer is begun is not answered; one who stays is', async () => {
  const { ask, answered, waiting, left, goOn } = await setUp();
  const leaving = new AbortController();
  const gone = ask('Who is there?', leaving.signal).catch((reason: unknown) => reason);
  await waiting;
  leaving.abort();
  await Promise.all([gone, left]);
  goOn();
  expect((await ask('And now?')).status).toBe(200);
  expect(answered).toEqual(['And now?']);
});
