import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open-database.ts';
import { compiled } from '../../src/db/query.ts';
import { passageResult, sourceReadResult, sourceResult, sourcesResult } from '../../src/protocol/sources.ts';
import { invite, makeRoomWithBot, Person, signUp } from '../support/client.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { startApp, type TestApp } from '../support/start-app.ts';
import { lockedPdf, tinyPdf } from '../support/tiny-pdf.ts';
import { sendForm, sendRaw } from '../support/uploads.ts';

const guide =
  '# The lamp\n\nThe keeper lights the lamp at dusk.\n\n## Oil\n\nWhale oil burns clear.\n\n## Wick\n\nTrim it.';
const file = (bytes: string | Uint8Array, name: string) =>
  new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name);

describeOnEachDatabase('a room’s library', (openUrl) => {
  let app: TestApp;
  let url: string;
  beforeAll(async () => {
    url = await openUrl();
    app = await startApp({ databaseUrl: url });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  async function opened() {
    const ann = await signUp(app.url, 'Ann');
    const { roomId } = await makeRoomWithBot(ann, { reply: 'mention' });
    return { ann, roomId, path: `/api/rooms/${roomId}/sources` };
  }

  test('[LB1] a file is brought in, shown to every tab, read by all, and taken out', async () => {
    const { ann, roomId, path } = await opened();
    const pat = await invite(ann, roomId, 'participant', 'Pat');
    const sam = await invite(ann, roomId, 'spectator');
    const made = await sendForm(pat, path, {
      file: file(guide, 'lamps.md'),
      author: 'Ada',
      category: 'Manuals',
    });
    expect(made).toMatchObject({ status: 201 });
    const { source } = sourceResult.parse(made.body);
    expect(source).toMatchObject({
      title: 'The lamp',
      author: 'Ada',
      category: 'Manuals',
      format: 'md',
      chunks: 3,
    });
    expect(source).toMatchObject({ bytes: guide.length, by: { type: 'user', id: pat.id } });
    expect(sourcesResult.parse((await sam.call('GET', path)).body).sources).toEqual([source]);
    const { events } = (await ann.call('GET', `/api/rooms/${roomId}/events`)).body;
    expect(events.at(-1)).toMatchObject({
      kind: 'source.added',
      data: { sourceId: source.sourceId, chunks: 3 },
    });

    const shown = await sam.call('GET', `${path}/${source.sourceId}/passages/${source.sourceId}-1`);
    expect(passageResult.parse(shown.body)).toMatchObject({
      passage: { heading: 'Oil', anchor: 'oil', text: 'Whale oil burns clear.', author: 'Ada' },
      before: [{ heading: 'The lamp' }],
      after: [{ heading: 'Wick' }],
    });

    expect((await sam.call('DELETE', `${path}/${source.sourceId}`)).status).toBe(403);
    expect(await ann.call('DELETE', `${path}/${source.sourceId}`)).toMatchObject({
      status: 200,
      body: { ok: true },
    });
    expect((await ann.call('DELETE', `${path}/${source.sourceId}`)).status).toBe(404);
    expect((await ann.call('GET', path)).body.sources).toEqual([]);
    expect((await ann.call('GET', `${path}/${source.sourceId}/passages/${source.sourceId}-1`)).status).toBe(
      404,
    );
  });

  test('[LB3] files of every kind', async () => {
    const { ann, path } = await opened();
    const files = [
      ['md', file(guide, 'a.md')],
      ['txt', file('Just text.', 'my_notes.txt')],
      ['html', file('<title>Page</title><h1>Oil</h1><p>Whale oil.', 'a.html')],
      ['pdf', file(tinyPdf([[{ text: 'The lamp is lit.' }]]), 'report.pdf')],
      ['vtt', file('WEBVTT\n\n00:01.000 --> 00:02.000\nHello', 'talk.vtt')],
      ['srt', file('1\n00:00:01,000 --> 00:00:02,000\nHello', 'talk.srt')],
    ] as const;
    for (const [format, one] of files) {
      const { status, body } = await sendForm(ann, path, { file: one, title: '' });
      expect([status, body.source?.format]).toEqual([201, format]);
    }
    const raw = await sendRaw(ann, `${path}?title=Raw`, Buffer.from('# A\n\nb'), 'text/markdown');
    expect(raw).toMatchObject({ status: 201, body: { source: { title: 'Raw', format: 'md' } } });
    const { sources } = (await ann.call('GET', path)).body;
    expect(sources.map(({ title }: { title: string }) => title)).toEqual([
      'The lamp',
      'my notes',
      'Page',
      'report',
      'talk',
      'talk',
      'Raw',
    ]);
  });

  test('[LB4] [LB5] what cannot be read is refused and leaves nothing', async () => {
    const { ann, roomId, path } = await opened();
    const refusals = [
      [{ file: file('', 'a.md') }, 400],
      [{ title: 'No file' }, 400],
      [{ file: file('x', 'a.md'), title: 'x'.repeat(201) }, 400],
      [{ file: file('x', 'a.md'), author: '\u202e' }, 400],
      [{ file: file(' \n', 'a.md') }, 422],
      [{ file: file(Buffer.from('MZ\x90\0\x03'), 'report.pdf') }, 422],
      [{ file: file(Buffer.from('MZ\x90\0\x03'), 'report.txt') }, 422],
      [{ file: file('x', 'setup.exe') }, 422],
      [{ file: file(lockedPdf(), 'a.pdf') }, 422],
      [{ file: file(tinyPdf([[]]), 'scan.pdf') }, 422],
      [{ file: file(tinyPdf([[{ text: 'x' }]]).subarray(0, 60), 'cut.pdf') }, 422],
      [{ file: file(new Uint8Array(20 * 1024 * 1024 + 1), 'large.txt') }, 413],
      [{ file: file(new Uint8Array(21 * 1024 * 1024), 'larger.txt') }, 413],
    ] as const;
    for (const [form, status] of refusals) {
      const answer = await sendForm(ann, path, form);
      expect([form, answer]).toMatchObject([form, { status, body: { ok: false } }]);
      if ('file' in form && !('title' in form || 'author' in form))
        expect(answer.body.error).toMatchObject({ details: { field: 'file' } });
      expect(answer.body.error.message).not.toMatch(/node_modules|file:\/\/|\n/);
    }
    expect((await ann.call('GET', path)).body.sources).toEqual([]);
    expect((await ann.call('GET', `/api/rooms/${roomId}`)).status).toBe(200);
  });

  test('[LB1] [LB9] only those in the room, and only participants bring in', async () => {
    const { ann, roomId, path } = await opened();
    const { body } = await sendForm(ann, path, { file: file(guide, 'a.md') });
    const source = `${path}/${body.source.sourceId}`;
    const passage = `${source}/passages/${body.source.sourceId}-0`;
    const eve = await signUp(app.url, 'Eve');
    const nobody = new Person(app.url);
    for (const [person, status] of [
      [eve, 404],
      [nobody, 401],
    ] as const) {
      expect((await person.call('GET', path)).status).toBe(status);
      expect((await person.call('GET', source)).status).toBe(status);
      expect((await person.call('GET', passage)).status).toBe(status);
      expect((await person.call('DELETE', `${path}/${body.source.sourceId}`)).status).toBe(status);
      expect((await sendForm(person, path, { file: file(guide, 'a.md') })).status).toBe(status);
    }
    const sam = await invite(ann, roomId, 'spectator');
    expect((await sendForm(sam, path, { file: file(guide, 'a.md') })).status).toBe(403);
    const other = await opened();
    expect((await other.ann.call('GET', passage.replace(roomId, other.roomId))).status).toBe(404);
  });

  test('[LB21] everybody in the room reads a source in order, from any passage of it', async () => {
    const { ann, roomId, path } = await opened();
    const sam = await invite(ann, roomId, 'spectator');
    const parts = Array.from({ length: 30 }, (_, n) => `## Part ${n}\n\nWick ${n} is trimmed.`);
    const { body } = await sendForm(ann, path, { file: file(parts.join('\n\n'), 'parts.md') });
    const { sourceId } = sourceResult.parse(body).source;
    const read = async (query: string) =>
      sourceReadResult.parse((await sam.call('GET', `${path}/${sourceId}?${query}`)).body);
    const ordinals = async (query: string) => (await read(query)).passages.map(({ ordinal }) => ordinal);
    expect((await read('')).source.chunks).toBe(30);
    expect(await ordinals('')).toEqual(Array.from({ length: 30 }, (_, n) => n));
    expect(await ordinals('from=27')).toEqual([27, 28, 29]);
    expect(await ordinals('from=4&limit=2')).toEqual([4, 5]);
    expect(await ordinals(`around=${sourceId}-25&limit=3`)).toEqual([15, 16, 17]);
    expect(await ordinals(`around=${sourceId}-1&limit=3`)).toEqual([0, 1, 2]);
    for (const [query, status] of [
      [`?around=${sourceId}-30`, 404],
      ['?around=other-1', 404],
      ['?from=-1', 400],
      ['?limit=101', 400],
    ]) {
      expect((await sam.call('GET', `${path}/${sourceId}${query}`)).status).toBe(status);
    }
    const other = await opened();
    expect((await other.ann.call('GET', `${other.path}/${sourceId}`)).status).toBe(404);
    await ann.call('DELETE', `${path}/${sourceId}`);
    expect((await sam.call('GET', `${path}/${sourceId}`)).status).toBe(404);
  });

  test('[GW7] files are limited like others', async () => {
    const { ann, path } = await opened();
    const send = () => sendForm(ann, path, { file: file('', 'a.md') });
    const answers = await Promise.all(Array.from({ length: 31 }, send));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
  });

  test('[LB12] the log and the passages are written together', async () => {
    const { ann, roomId, path } = await opened();
    const sent = await Promise.all(
      [1, 2, 3].map((n) => sendForm(ann, path, { file: file(`${guide} ${n}`, 'a.md') })),
    );
    const ids = sent.map(({ body }) => body.source.sourceId as string).sort();
    await Promise.all(ids.slice(1).map((id) => ann.call('DELETE', `${path}/${id}`)));
    const db = await openDatabase(url);
    const rows = await db.run(
      compiled(
        db.sql.selectFrom('library_chunks').select('source_id').distinct().where('room_id', '=', roomId),
      ),
    );
    await db.close();
    expect(rows).toEqual([{ source_id: ids[0] }]);
    expect((await ann.call('GET', path)).body.sources).toMatchObject([{ sourceId: ids[0] }]);
  });

  test('[FK6] a fork has the library of its own, and shows its passages', async () => {
    const { ann, roomId, path } = await opened();
    const { body } = await sendForm(ann, path, { file: file(guide, 'lamps.md'), author: 'Ada' });
    const { room } = (await ann.command(roomId, 'room.fork', {})).body;
    const forked = `/api/rooms/${room.id}/sources`;
    await ann.call('DELETE', `${path}/${body.source.sourceId}`);
    const { sources } = sourcesResult.parse((await ann.call('GET', forked)).body);
    expect(sources).toMatchObject([{ title: 'The lamp', author: 'Ada', chunks: 3, by: { id: ann.id } }]);
    const [{ sourceId } = { sourceId: '' }] = sources;
    const shown = await ann.call('GET', `${forked}/${sourceId}/passages/${sourceId}-1`);
    expect(passageResult.parse(shown.body).passage).toMatchObject({ text: 'Whale oil burns clear.' });
  });
});
