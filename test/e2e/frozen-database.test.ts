import { expect, test } from 'vitest';
import { createApp, goodbyes } from '../../src/app.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import { makeRoomWithBot, signUp } from '../support/client.ts';
import { freshPostgresUrl, hasPostgres } from '../support/databases.ts';
import { startFreezingProxy } from '../support/freezing-proxy.ts';
import { createRecordedLog } from '../support/silent-log.ts';
import { until } from '../support/until.ts';

test.skipIf(!hasPostgres)(
  '[TN9] a server whose database does not answer goes all the same, and says so',
  async () => {
    const proxy = await startFreezingProxy(await freshPostgresUrl());
    const log = createRecordedLog();
    /** How long it was asked to wait, in its own time; this clock runs fast once the database is gone. */
    let haste = 1;
    const clock: Clock = { ...systemClock, after: (ms, action) => systemClock.after(ms / haste, action) };
    const config = {
      port: 0,
      host: '127.0.0.1',
      databaseUrl: proxy.url,
      signup: 'open',
      logLevel: 'silent',
      demoTokensPerSecond: 0,
    } as const;
    const app = await createApp({ config, clock, newId: randomId, log });
    const ann = await signUp(app.url, 'Ann');
    const { roomId } = await makeRoomWithBot(ann);
    proxy.freeze();
    const hanging = ann.command(roomId, 'message.post', { text: 'Anybody?' }).catch(() => 'cut');
    await until('the database to be asked', () => proxy.dropped > 0);
    haste = 20;
    const began = performance.now();
    await app.close(1_000);
    expect((performance.now() - began) * haste).toBeLessThan((1_000 + goodbyes) * 2);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'going down without waiting any longer' }),
    );
    proxy.close();
    await hanging;
  },
);
