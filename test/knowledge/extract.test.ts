import { describe, expect, test } from 'vitest';
import { extract } from '../../src/knowledge/extract/extract.ts';
import { lockedPdf, tinyPdf } from '../support/tiny-pdf.ts';

const read = (text: string | Uint8Array, name = '') =>
  extract(typeof text === 'string' ? Buffer.from(text) : text, name);
const shape = async (text: string | Uint8Array, name: string) =>
  (await read(text, name)).sections.map(({ heading, anchor, pieces }) => [
    heading,
    anchor,
    ...pieces.map(({ kind, text }) => `${kind}: ${text}`),
  ]);

describe('[LB3] what a file says is found under its headings', () => {
  test('Markdown', async () => {
    const text = `Before.\n\n# The lamp\n\nLit at dusk.\n\n- wick\n- oil\n\n## Care\n\n\`\`\`\n# no heading\n\`\`\`\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n## Care\n\nAgain.\n`;
    expect(await shape(text, 'lamp.md')).toEqual([
      ['', '', 'paragraph: Before.'],
      ['The lamp', 'the-lamp', 'paragraph: Lit at dusk.', 'list: - wick\n- oil'],
      ['Care', 'care', 'code: ```\n# no heading\n```', 'table: | a | b |\n| - | - |\n| 1 | 2 |'],
      ['Care', 'care-2', 'paragraph: Again.'],
    ]);
    expect(await read(text, 'lamp.md')).toMatchObject({ format: 'md', title: 'The lamp' });
  });

  test('a page, without what is no text of it', async () => {
    const page = `<!doctype html><html><head><title>A &amp; B</title><meta name=author content="Ann">
      <script>alert('no')</script></head><body><nav>Home | About</nav><h1>The <em>lamp</em></h1>
      <p>Lit at<br>dusk, <b>every</b> day.</p><style>p{}</style><div>Loose <i>words</i><p hidden>no</p></div>
      <ul><li>wick<ul><li>cotton</li></ul></li><li>oil</li></ul>
      <table><tr><th>a<th>b<tr><td>1<td>2|3</table><pre><code>if (x) {
  y();
}</code></pre><img src="http://nowhere.test/x.png" onerror="alert(1)"></body></html>`;
    expect(await shape(page, 'page.html')).toEqual([
      [
        'The lamp',
        'the-lamp',
        'paragraph: Lit at\ndusk, every day.',
        'paragraph: Loose words',
        'list: - wick\n  - cotton\n- oil',
        'table: | a | b |\n| 1 | 2\\|3 |',
        'code: ```\nif (x) {\n  y();\n}\n```',
      ],
    ]);
    expect(await read(page, 'x')).toMatchObject({ format: 'html', title: 'A & B', author: 'Ann' });
  });

  test('a PDF by its pages', async () => {
    const pdf = tinyPdf(
      [
        [
          { text: 'The keeper lights the lan-' },
          { text: 'tern at dusk.' },
          { text: 'Then sleeps.', before: 40 },
        ],
        [{ text: 'A caf\xe9 (closed).' }],
      ],
      { info: '/Title (The lamp) /Author (Ann)' },
    );
    expect(await shape(pdf, 'lamp.pdf')).toEqual([
      ['Page 1', 'page-1', 'paragraph: The keeper lights the lantern at dusk.', 'paragraph: Then sleeps.'],
      ['Page 2', 'page-2', 'paragraph: A café (closed).'],
    ]);
    expect(await read(pdf, '')).toMatchObject({ format: 'pdf', title: 'The lamp', author: 'Ann' });
  });

  test('a PDF by its headings, where it has some', async () => {
    const body = { text: 'The keeper lights the lamp at dusk, and sleeps.' };
    const pdf = tinyPdf([
      [{ text: 'The lamp', size: 20 }, body, body],
      [body, { text: 'Care', size: 16 }, body],
    ]);
    expect((await read(pdf)).sections.map(({ heading, anchor }) => [heading, anchor])).toEqual([
      ['The lamp', 'the-lamp'],
      ['Care', 'care'],
    ]);
  });

  test('subtitles, with their times', async () => {
    const vtt = `WEBVTT\n\nNOTE skipped\n\nintro\n00:01.500 --> 00:04.000 align:start\n<v Ann>Good <i>evening</i> &amp; welcome\n\n01:00:05.000 --> 01:00:06.250\nBye`;
    expect((await read(vtt)).sections[0]?.pieces).toEqual([
      { kind: 'cue', text: 'Ann: Good evening & welcome', start: 1_500, end: 4_000 },
      { kind: 'cue', text: 'Bye', start: 3_605_000, end: 3_606_250 },
    ]);
    const srt =
      '1\r\n00:00:01,500 --> 00:00:04,000\r\n{\\an8}Good evening\r\nall\r\n\r\n2\r\n00:00:05,000 --> 00:00:06,000\r\n- Bye';
    expect(await read(srt, 'talk.srt')).toMatchObject({
      format: 'srt',
      sections: [
        {
          pieces: [
            { text: 'Good evening\nall', start: 1_500 },
            { text: '- Bye', end: 6_000 },
          ],
        },
      ],
    });
  });
});

describe('[LB4] a file is read as what is in it', () => {
  test.each([
    ['# A\n\nb', '', 'md'],
    ['a\n\nb', '', 'txt'],
    ['# A\n\nb', 'notes.txt', 'txt'],
    ['<!DOCTYPE html><p>a', '', 'html'],
    ['WEBVTT\n\n00:01.000 --> 00:02.000\nHi', 'talk.txt', 'vtt'],
    [tinyPdf([[{ text: 'Hi' }]]), 'talk.txt', 'pdf'],
    [Buffer.from('\ufeffhi', 'utf16le'), 'x.txt', 'txt'],
    [Buffer.from('caf\xe9', 'latin1'), 'x.txt', 'txt'],
  ])('%#', async (text, name, format) => {
    expect(await read(text, name)).toMatchObject({ format });
  });

  test.each([
    ['a program called .pdf', Buffer.from('MZ\x90\0\x03\0'), 'x.pdf', 'is no PDF'],
    ['a program called .txt', Buffer.from('MZ\x90\0\x03\0', 'latin1'), 'x.txt', 'not text'],
    ['packed bytes', Buffer.from([0x1f, 0x8b, 0x08, 0xff, 0x01, 0x90]), '', 'not text'],
    ['an ending nobody reads', Buffer.from('hello'), 'x.exe', '.exe files cannot be read'],
    ['nothing but spaces', Buffer.from(' \n '), 'x.md', 'no text'],
    ['a PDF with a password', lockedPdf(), 'x.pdf', 'protected by a password'],
    ['a PDF that was cut off', tinyPdf([[{ text: 'Hi' }]]).subarray(0, 80), 'x.pdf', 'file:'],
    ['a PDF without text', tinyPdf([[]]), 'x.pdf', 'no text'],
    ['subtitles without times', Buffer.from('WEBVTT\n\nhello'), 'x.vtt', 'no times'],
  ])('%s is refused', async (_, bytes, name, message) => {
    await expect(read(bytes, name)).rejects.toMatchObject({
      code: 'unprocessable',
      details: { field: 'file' },
      message: expect.stringContaining(message),
    });
  });
});
