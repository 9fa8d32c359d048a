import { expect, test } from 'vitest';
import { invite, makeRoomWithBot, signUp } from '../support/client.ts';
import { RoomView } from '../support/room-view.ts';
import { startApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';

const handbook = [
  '# Lighthouse handbook',
  '## The lamp',
  'The lamp burns colza oil. It is trimmed every four hours.',
  '## The fog bell',
  'The fog bell is struck twice a minute while the fog lasts, by hand when the clockwork fails.',
].join('\n\n');

/** Server-sent events as they came. */
function eventsIn(text: string): { event: string; data: Record<string, unknown> }[] {
  return text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
      return { event, data: JSON.parse(data) };
    });
}

test('[CI4] [AQ1] with the demo model, an answer from an uploaded file is cited in all tabs, and each citation opens its passage', async () => {
  await using app = await startApp();
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const ben = await invite(ann, roomId, 'participant', 'Ben');
  const sue = await invite(ann, roomId, 'spectator', 'Sue');
  const sockets = await Promise.all([ann.connect(), ben.connect(), sue.connect()]);
  const views = sockets.map((socket) => new RoomView(socket, roomId));
  await Promise.all(views.map((view) => view.join()));
  const order: string[] = [];
  sockets[1]?.on('sources', () => order.push('sources'));
  sockets[1]?.on('token', () => order.push('token'));

  const form = new FormData();
  form.append('file', new Blob([handbook], { type: 'text/markdown' }), 'handbook.md');
  const uploaded = await fetch(`${app.url}/api/rooms/${roomId}/sources`, {
    method: 'POST',
    headers: { cookie: ann.cookie },
    body: form,
  });
  expect(uploaded.status).toBe(201);
  await ann.command(roomId, 'message.post', { text: 'How often is the fog bell struck?' });
  await until('the answer in all tabs', () =>
    views.every(({ state }) => state?.turns.length === 0 && state.messages.at(-1)?.author.type === 'bot'),
  );
  const replies = views.map(({ state }) => state?.messages.at(-1));
  const [reply] = replies;
  expect(new Set(replies.map((message) => JSON.stringify(message))).size).toBe(1);
  expect(order[0]).toBe('sources');
  expect(reply?.citations?.length).toBeGreaterThan(0);
  for (const number of reply?.citations ?? []) {
    expect(reply?.text).toContain(`[${number}]`);
    const source = reply?.sources?.find((offered) => offered.number === number);
    const path = `/api/rooms/${roomId}/sources/${source?.sourceId}/passages/${source?.chunkId}`;
    const { status, body } = await sue.call('GET', path);
    expect([status, body.passage.heading]).toEqual([200, source?.heading]);
  }
  expect(reply?.sources?.[0]?.heading).toBe('The fog bell');

  const ask = (body: Record<string, unknown>, cookie = ben.cookie) =>
    fetch(`${app.url}/api/ask`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ roomId, ...body }),
    });
  const before = views[0]?.state?.seq;
  const answered = eventsIn(await (await ask({ query: 'What does the lamp burn?' })).text());
  expect([answered[0]?.event, answered[1]?.event, answered.at(-1)?.event]).toEqual([
    'sources',
    'token',
    'done',
  ]);
  expect(answered[0]?.data).toMatchObject({ sources: [{ number: 1, heading: 'The lamp' }] });
  const { conversationId } = answered.at(-1)?.data ?? {};
  const again = eventsIn(await (await ask({ query: 'And how often is it trimmed?', conversationId })).text());
  expect(again.at(-1)?.event).toBe('done');
  expect((await ask({ query: 'Mine?', conversationId }, ann.cookie)).status).toBe(404);
  expect((await ask({ query: 'May I?' }, sue.cookie)).status).toBe(403);
  expect((await ask({ query: '' })).status).toBe(400);
  expect(views[0]?.state?.seq).toBe(before);
  for (const socket of sockets) socket.close();
});
