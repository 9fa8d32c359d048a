import { expect, test } from 'vitest';
import { makeRoomWithBot, signUp } from '../support/client.ts';
import { says, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { startApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';
import { sendForm } from '../support/uploads.ts';

const handbook =
  '# Ward\n\nThe physician sees people at nine.\n\n## Fire\n\nLeave by the stairs when it burns.';

async function opened() {
  const endpoint = await startScriptedEndpoint();
  endpoint.reply(says('At nine [1].'));
  const app = await startApp({
    endpoint: { baseUrl: endpoint.baseURL, model: 'm' },
    embeddingModel: 'meaning',
  });
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const upload = async () => {
    const file = new File([handbook], 'ward.md');
    expect(await sendForm(ann, `/api/rooms/${roomId}/sources`, { file })).toMatchObject({ status: 201 });
  };
  const asked = () => endpoint.embeddings.map(({ body }) => body.input as string[]);
  const embeddingCalls = async () => {
    const { calls } = (await ann.call('GET', `/api/rooms/${roomId}/usage`)).body;
    return (calls as { purpose: string }[]).filter(({ purpose }) => purpose === 'embedding');
  };
  const say = async (text: string) => {
    await ann.command(roomId, 'message.post', { text });
    let replies: { citations?: number[]; sources?: { heading: string }[] }[] = [];
    await until('the reply', async () => {
      const { events } = (await ann.call('GET', `/api/rooms/${roomId}/events`)).body;
      const all = events as { kind: string; actor: { type: string }; data: (typeof replies)[number] }[];
      replies = all
        .filter(({ kind, actor }) => kind === 'message.posted' && actor.type === 'bot')
        .map(({ data }) => data);
      return replies.length > 0 && all.at(-1)?.kind === 'turn.ended';
    });
    return replies.at(-1);
  };
  const close = async () => {
    await app[Symbol.asyncDispose]();
    await endpoint.close();
  };
  return { endpoint, ann, roomId, upload, asked, embeddingCalls, say, [Symbol.asyncDispose]: close };
}

test('[LB15] [LB18] a bot is offered what means the same, and each call for vectors is accounted for', async () => {
  await using room = await opened();
  const { ann, roomId, upload, asked, embeddingCalls, say } = room;
  await upload();
  await until('the vectors of the file', async () => (await embeddingCalls()).length === 1);
  expect(asked()).toHaveLength(1);
  const reply = await say('doctor?');
  expect(reply).toMatchObject({ citations: [1], sources: [{ heading: 'Ward' }] });
  expect(asked().at(-1)).toEqual(['doctor?']);
  await until('both calls', async () => (await embeddingCalls()).length === 2);
  const call = { purpose: 'embedding', model: 'meaning', userId: ann.id, outcome: 'completed' };
  expect(await embeddingCalls()).toMatchObject([call, { ...call, completionTokens: 0, estimated: false }]);
  const { calls } = (await ann.call('GET', `/api/rooms/${roomId}/usage`)).body;
  expect(
    (calls as { purpose: string; searchTier: string }[]).find(({ purpose }) => purpose === 'reply'),
  ).toMatchObject({ searchTier: 'meaning' });
});

test('[LB17] an upload does not wait for its vectors, nor does the end of the server', async () => {
  await using room = await opened();
  const { endpoint, upload, asked, say } = room;
  endpoint.embed(() => 'stall');
  await upload();
  await until('the vectors to be asked for', () => asked().length === 1);
  expect(await say('When do I leave by the stairs?')).toMatchObject({ sources: [{ heading: 'Fire' }] });
});

test('[LB18] what a budget has no room for is not asked for', async () => {
  await using room = await opened();
  const { ann, roomId, upload, asked, embeddingCalls } = room;
  await ann.command(roomId, 'room.update', { settings: { budget: { room: 5 } } });
  await upload();
  await ann.command(roomId, 'room.update', { settings: { budget: {} } });
  await upload();
  await until('the vectors of the second', async () => (await embeddingCalls()).length === 1);
  expect(asked()).toHaveLength(1);
});
