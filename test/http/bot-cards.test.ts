import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainPicture } from '../../src/cards/picture.ts';
import { readChunks, textOf, writeChunks } from '../../src/cards/png-chunks.ts';
import { Person, signUp } from '../support/client.ts';
import { fixture } from '../support/fixtures.ts';
import { startApp, type TestApp } from '../support/start-app.ts';
import { sendForm, sendRaw } from '../support/uploads.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const path = '/api/bots/import';
const [png, json] = [fixture('cards/v3.png'), fixture('cards/v3.json')];
const card = JSON.parse(json.toString());

async function download(
  person: Person,
  address: string,
): Promise<{ headers: Headers; bytes: Buffer; status: number }> {
  const response = await fetch(person.url + address, { headers: { cookie: person.cookie } });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

test('[CC1] a card comes in as JSON, as a picture, or in a form', async () => {
  const ann = await signUp(app.url, 'Ann');
  const answers = [
    await sendRaw(ann, path, json, 'application/json'),
    await sendRaw(ann, path, png, 'image/png'),
    await sendForm(ann, path, { file: new File([new Uint8Array(png)], '../../etc/card.png') }),
    await sendForm(ann, path, { file: new File([new Uint8Array(json)], 'x', { type: 'application/json' }) }),
  ];
  for (const { status, body } of answers) {
    expect(status).toBe(201);
    expect(body).toMatchObject({ ok: true, bot: { name: 'Doctor Quill', greeting: card.data.first_mes } });
    expect((await ann.call('GET', `/api/bots/${body.bot.id}`)).body.bot).toEqual(body.bot);
  }
  expect(answers[1]?.body.bot.avatar).toMatch(/^data:image\/png;base64,/);
  expect(JSON.stringify(answers)).not.toContain('etc/card');
});

test('[CC3] [CC4] and goes out again, as JSON or as a picture', async () => {
  const ann = await signUp(app.url, 'Ann');
  const { bot } = (await sendRaw(ann, path, json, 'application/json')).body;
  const sent = await download(ann, `/api/bots/${bot.id}/card?format=json`);
  expect(JSON.parse(sent.bytes.toString())).toEqual(card);
  expect(sent.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(sent.headers.get('content-disposition')).toBe('attachment; filename="Doctor Quill.json"');
  const picture = await download(ann, `/api/bots/${bot.id}/card?format=png`);
  expect(picture.headers.get('content-type')).toBe('image/png');
  const text = textOf(readChunks(picture.bytes), 'ccv3') ?? '';
  expect(JSON.parse(Buffer.from(text, 'base64').toString())).toEqual(card);
  expect((await sendRaw(ann, path, picture.bytes, 'image/png')).body.bot).toMatchObject({
    name: bot.name,
    persona: bot.persona,
  });
});

test('[CC2] the name of the file is one everywhere, whatever the bot is called', async () => {
  const ann = await signUp(app.url, 'Ann');
  const named = async (name: string) => {
    const { bot } = (await ann.call('POST', '/api/bots', { name, persona: '' })).body;
    return (await download(ann, `/api/bots/${bot.id}/card`)).headers.get('content-disposition');
  };
  expect(await named('../../etc/passwd')).toBe('attachment; filename=_etc_passwd.json');
  expect(await named('a"; filename="b\\c')).toBe('attachment; filename="a_ filename_b_c.json"');
  expect(await named('日本 🍏')).toMatch(
    /^attachment; filename=".*"; filename\*=UTF-8''%E6%97%A5%E6%9C%AC%20_\.json$/,
  );
});

test('[PE7] a card goes out to who owns the bot', async () => {
  const [ann, eve] = [await signUp(app.url, 'Ann'), await signUp(app.url, 'Eve')];
  const { bot } = (await sendRaw(ann, path, json, 'application/json')).body;
  expect((await eve.call('GET', `/api/bots/${bot.id}/card`)).status).toBe(404);
  expect((await new Person(app.url).call('GET', `/api/bots/${bot.id}/card`)).status).toBe(401);
  expect((await sendRaw(new Person(app.url), path, json, 'application/json')).status).toBe(401);
  expect((await ann.call('GET', `/api/bots/${bot.id}/card?format=exe`)).status).toBe(400);
});

test('[CC8] a list has neither cards nor lorebooks', async () => {
  const ann = await signUp(app.url, 'Ann');
  const { bot } = (await sendRaw(ann, path, json, 'application/json')).body;
  expect(bot).toMatchObject({ card: {}, lorebook: {} });
  const { card: _card, lorebook: _lorebook, ...listed } = bot;
  expect((await ann.call('GET', '/api/bots')).body.bots).toEqual([listed]);
});

test('[CC3] a bot that is changed keeps its card; null takes a field away', async () => {
  const ann = await signUp(app.url, 'Ann');
  const { bot } = (await sendRaw(ann, path, json, 'application/json')).body;
  const address = `/api/bots/${bot.id}`;
  const changed = await ann.call('PATCH', address, {
    greeting: null,
    avatar: null,
    scenario: 'A ward.',
    card: { x: 1 },
  });
  const { greeting: _greeting, ...rest } = bot;
  expect(changed.body.bot).toEqual({ ...rest, scenario: 'A ward.' });
  const { data } = JSON.parse((await download(ann, `${address}/card`)).bytes.toString());
  expect(data).toEqual({ ...card.data, first_mes: '', scenario: 'A ward.' });
  expect((await ann.call('PATCH', address, { persona: null })).status).toBe(400);
});

test('[CC5] an avatar is a small picture, and nothing that could hold script', async () => {
  const ann = await signUp(app.url, 'Ann');
  const made = (avatar: unknown) => ann.call('POST', '/api/bots', { name: 'Ada', persona: '', avatar });
  const url = (type: string, bytes: Buffer) => `data:${type};base64,${bytes.toString('base64')}`;
  const picture = writeChunks(plainPicture('x'));
  const large = Buffer.concat([picture, Buffer.alloc(256 * 1024 - picture.length)]);
  expect((await made(url('image/png', large))).status).toBe(201);
  const refused = [
    url('image/png', Buffer.concat([large, Buffer.alloc(20_000)])),
    url('image/svg+xml', Buffer.from('<svg onload="alert(1)"/>')),
    url('image/png', Buffer.from('<svg onload="alert(1)"/>')),
    'https://example.invalid/a.png',
    'javascript:alert(1)',
    5,
  ];
  for (const avatar of refused) {
    expect(await made(avatar)).toMatchObject({
      status: 400,
      body: { error: { details: { field: 'avatar' } } },
    });
  }
});

test('[CC2] what is no card is refused, and makes no bot', async () => {
  const ann = await signUp(app.url, 'Ann');
  const refusals = [
    [await sendRaw(ann, path, Buffer.from('{'), 'application/json'), 400],
    [await sendRaw(ann, path, Buffer.alloc(0), 'application/json'), 400],
    [await sendRaw(ann, path, png.subarray(0, 500), 'image/png'), 400],
    [await sendRaw(ann, path, Buffer.alloc(9_000_000, 'x'), 'image/png'), 413],
    [await sendRaw(ann, path, Buffer.from(`"${'x'.repeat(1_100_000)}"`), 'application/json'), 413],
    [await sendForm(ann, path, { other: new File(['x'], 'x') }), 400],
    [
      await sendForm(ann, path, Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`f${n}`, 'x']))),
      400,
    ],
    [await sendRaw(ann, path, Buffer.from('nonsense'), 'multipart/form-data; boundary=x'), 400],
    [await sendRaw(ann, path, Buffer.from('nonsense'), 'multipart/form-data'), 400],
  ] as const;
  for (const [answer, status] of refusals) {
    expect(answer).toMatchObject({
      status,
      body: { ok: false, error: { code: status === 413 ? 'too_large' : 'invalid' } },
    });
  }
  expect((await ann.call('GET', '/api/bots')).body.bots).toEqual([]);
});
