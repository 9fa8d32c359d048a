import { expect, test } from 'vitest';
import { elsewhere, makeRoomWithBot, signUp } from '../support/client.ts';
import { freshPostgresUrl, hasPostgres } from '../support/databases.ts';
import { startPostgresProxy } from '../support/postgres-proxy.ts';
import { startServer } from '../support/server-process.ts';

test.for(hasPostgres ? (['keep', 'keep answer'] as const) : [])(
  '[EL15] kill -9 while PostgreSQL has a commit before it or its answer behind it (%s): sent again, it is there once',
  { timeout: 30_000 },
  async (fate) => {
    const database = await freshPostgresUrl();
    await using proxy = await startPostgresProxy(database);
    const killed = await startServer({ DATABASE_URL: proxy.url });
    const ann = await signUp(killed.url, 'Ann');
    const { roomId } = await makeRoomWithBot(ann, { reply: 'mention' });
    proxy.commits(fate);
    const command = { text: 'Once', commandId: 'the-one' };
    const unanswered = ann.command(roomId, 'message.post', command).catch(() => 'cut');
    await proxy.kept;
    killed.kill('SIGKILL');
    await killed.exited;
    expect(await unanswered).toBe('cut');

    const next = await startServer({ DATABASE_URL: database });
    const again = elsewhere(ann, next.url);
    const [first, second] = [
      await again.command(roomId, 'message.post', command),
      await again.command(roomId, 'message.post', command),
    ];
    expect(first.status).toBe(200);
    expect(second.body).toEqual(first.body);
    const { body } = await again.call('GET', `/api/rooms/${roomId}/events?after=0&limit=100`);
    const posted = (body.events as { kind: string; seq: number }[]).filter(
      ({ kind }) => kind === 'message.posted',
    );
    expect(posted.map(({ seq }) => seq)).toEqual([first.body.seq]);
    next.kill('SIGTERM');
    expect(await next.exited).toBe(0);
  },
);
