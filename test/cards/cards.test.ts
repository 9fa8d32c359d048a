import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonCardOf, pngCardOf } from '../../src/cards/card-of-bot.ts';
import { avatarOf, plainPicture, pngOf } from '../../src/cards/picture.ts';
import { readChunks, textChunk, textOf, writeChunks } from '../../src/cards/png-chunks.ts';
import { profileOf } from '../../src/cards/profile-of-card.ts';
import { readCard } from '../../src/cards/read-card.ts';
import { KibitzError } from '../../src/lib/errors.ts';
import { fixture } from '../support/fixtures.ts';
import { refusalOf } from '../support/test-room.ts';

const parsed = (path: string) => JSON.parse(fixture(path).toString());
const imported = (bytes: Buffer | string) => profileOf(readCard(Buffer.from(bytes)));
const fromData = (data: object, spec = 'chara_card_v3') =>
  imported(JSON.stringify({ spec, data: { name: 'Ada', ...data } }));
const head = { spec: 'chara_card_v3', spec_version: '3.0' };
const required = {
  creator_notes: '',
  system_prompt: '',
  post_history_instructions: '',
  alternate_greetings: [],
  tags: [],
  creator: '',
  character_version: '',
  extensions: {},
  group_only_greetings: [],
};

describe('a card becomes a bot', () => {
  test('[CC1] of version 1', () => {
    const v1 = parsed('cards/v1.json');
    expect(imported(fixture('cards/v1.json'))).toMatchObject({
      name: 'Maren Tideglass',
      persona: `${v1.description}\n\n${v1.personality}`,
      scenario: v1.scenario,
      greeting: v1.first_mes,
      examples: v1.mes_example,
      talkativeness: 0.35,
    });
  });

  test('[CC1] of version 2, with its lorebook', () => {
    const { data } = parsed('cards/v2.json');
    const bot = imported(fixture('cards/v2.json'));
    expect(bot).toMatchObject({ name: 'Hob Underhill', greeting: data.first_mes, talkativeness: 0.7 });
    expect(bot.persona).toBe(`${data.system_prompt}\n\n${data.description}\n\n${data.personality}`);
    expect(bot.lorebook).toEqual(data.character_book);
    expect(bot.card?.data).not.toHaveProperty('character_book');
  });

  test('[CC1] of version 3; texts that are empty are none', () => {
    const bot = imported(fixture('cards/v3.json'));
    expect(bot).toMatchObject({ name: 'Doctor Quill', greeting: 'Lie down, {{user}}. Not there.' });
    expect(Object.keys(bot).sort()).toEqual(['card', 'greeting', 'lorebook', 'name', 'persona']);
  });

  test('[CC1] from a picture, by its newest card', () => {
    expect(imported(fixture('cards/v2.png'))).toMatchObject(imported(fixture('cards/v2.json')));
    expect(imported(fixture('cards/v3.png'))).toMatchObject(imported(fixture('cards/v3.json')));
  });

  test('[CC5] which keeps its picture, without what else was in the file', () => {
    const { avatar } = imported(fixture('cards/v2.png'));
    const types = pngOf(avatar)?.map(({ type }) => type);
    expect(types).toEqual(['IHDR', 'IDAT', 'IEND']);
    expect(avatarOf([{ type: 'IDAT', data: new Uint8Array(300_000) }])).toBeUndefined();
  });

  test.each([
    ['chara_card_v2', { extensions: { talkativeness: 0.2 } }, 0.2],
    ['chara_card_v3', { extensions: { talkativeness: '1' } }, 1],
    ['chara_card_v3', { extensions: { talkativeness: 7 } }, undefined],
    ['chara_card_v3', { extensions: { talkativeness: {} } }, undefined],
  ])('[CC1] as talkative as SillyTavern says (%#)', (spec, data, talkativeness) => {
    expect(fromData(data, spec).talkativeness).toBe(talkativeness);
  });
});

describe('a bot goes out as it came in', () => {
  test('[CC3] version 3 is equal', () => {
    expect(jsonCardOf(imported(fixture('cards/v3.json')))).toEqual(parsed('cards/v3.json'));
  });

  test('[CC3] version 2 is equal but for what makes it version 3', () => {
    const v2 = parsed('cards/v2.json');
    expect(jsonCardOf(imported(fixture('cards/v2.json')))).toEqual({
      ...v2,
      ...head,
      data: { ...v2.data, group_only_greetings: [] },
    });
  });

  test('[CC3] the texts of version 1 are in data, the rest is where it was', () => {
    const { name, description, personality, scenario, first_mes, mes_example, ...rest } =
      parsed('cards/v1.json');
    const data = { name, description, personality, scenario, first_mes, mes_example, ...required };
    expect(jsonCardOf(imported(fixture('cards/v1.json')))).toEqual({ ...rest, ...head, data });
  });

  test('[CC3] any JSON in places nobody knows, prototype keys too', () => {
    const anything = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString')),
      fc.jsonValue({ maxDepth: 5 }),
    );
    const text = fc.string({ unit: 'binary', maxLength: 80 });
    const card = fc.record({
      // What a name and the rest may be is for other tests.
      extensions: anything.map(({ kibitz: _kibitz, talkativeness: _talkativeness, ...others }) => others),
      description: text,
      first_mes: text,
      mes_example: text,
      vendor: anything,
      creator_notes: fc.jsonValue({ maxDepth: 3 }),
      character_book: fc.oneof(
        fc.record({ entries: fc.array(anything, { maxLength: 5 }), extensions: anything }),
        fc.jsonValue({ maxDepth: 3 }),
      ),
    });
    fc.assert(
      fc.property(card, anything, (data, root) => {
        const { spec: _spec, spec_version: _version, data: _data, ...others } = root;
        // As it would be in a file.
        const given = JSON.parse(
          JSON.stringify({ ...others, ...head, data: { ...required, name: 'Ada', ...data } }),
        );
        const back = JSON.parse(JSON.stringify(jsonCardOf(imported(JSON.stringify(given)))));
        const texts = { personality: '', scenario: '' };
        expect(back).toEqual({ ...given, data: { ...texts, ...given.data } });
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  test('[CC3] what was changed here is changed there, where it is repeated too', () => {
    const v2 = parsed('cards/v2.json');
    const bot = {
      ...imported(fixture('cards/v2.json')),
      name: 'Nob',
      persona: 'Anew.',
      talkativeness: 0.1,
      model: 'm-1',
    };
    const { greeting: _greeting, lorebook: _lorebook, ...changed } = bot;
    const card = jsonCardOf(changed);
    const { character_book: _book, ...data } = v2.data;
    expect(card).toEqual({
      ...v2,
      ...head,
      name: 'Nob',
      description: 'Anew.',
      personality: '',
      first_mes: '',
      data: {
        ...data,
        name: 'Nob',
        description: 'Anew.',
        personality: '',
        system_prompt: '',
        first_mes: '',
        group_only_greetings: [],
        extensions: { ...data.extensions, talkativeness: 0.1, kibitz: { model: 'm-1' } },
      },
    });
    expect(imported(JSON.stringify(card))).toMatchObject({
      name: 'Nob',
      persona: 'Anew.',
      talkativeness: 0.1,
      model: 'm-1',
    });
  });

  test('[CC3] a bot made here goes out and comes in as it is', () => {
    const lorebook = { entries: [{ keys: ['sea'], content: 'Salt.' }] };
    const avatar = 'data:image/webp;base64,UklGRgAAAABXRUJQ';
    const texts = {
      name: 'Ada',
      persona: 'Dry.',
      scenario: 'A quay.',
      greeting: 'Hi.',
      examples: '<START>\nx',
    };
    const bot = { ...texts, talkativeness: 0.4, model: 'm', avatar, lorebook };
    expect(profileOf(readCard(Buffer.from(JSON.stringify(jsonCardOf(bot)))))).toMatchObject(bot);
    expect(profileOf(readCard(pngCardOf(bot)))).toMatchObject(bot);
    expect(jsonCardOf({ name: 'Ada', persona: '' }).data.extensions).toEqual({});
  });

  test('[CC4] a picture carries version 3 and version 2, and is the avatar', () => {
    const bot = imported(fixture('cards/v3.png'));
    const chunks = readChunks(pngCardOf(bot));
    const card = (keyword: string) =>
      JSON.parse(Buffer.from(textOf(chunks, keyword) ?? '', 'base64').toString());
    expect(card('ccv3')).toEqual(parsed('cards/v3.json'));
    expect(card('chara')).toEqual({ ...parsed('cards/v3.json'), spec: 'chara_card_v2', spec_version: '2.0' });
    expect(avatarOf(chunks)).toBe(bot.avatar);
  });

  test('[CC4] of a bot without a PNG the picture has one colour', () => {
    for (const avatar of [undefined, 'data:image/png;base64,iVBORw0KGgo=', 'data:image/jpeg;base64,/9j/']) {
      const bot = { ...imported(fixture('cards/v3.json')), ...(avatar === undefined ? {} : { avatar }) };
      expect(avatarOf(readChunks(pngCardOf(bot)))).toBe(avatarOf(plainPicture(bot.name)));
    }
  });
});

describe('what is no card is refused', () => {
  const png = (...texts: [string, string][]) => {
    const [first, ...others] = plainPicture('x');
    if (first === undefined) throw new Error('no picture');
    return writeChunks([first, ...texts.map(([key, text]) => textChunk(key, text)), ...others]);
  };
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const said = (call: () => unknown) => {
    try {
      call();
    } catch (reason) {
      if (reason instanceof KibitzError) return `${reason.code} ${reason.message}`;
      throw reason;
    }
    return 'nothing';
  };

  test.each<[string, Buffer | string, RegExp]>([
    ['nothing', '', /^invalid .*the file is not JSON/],
    ['words', 'hello', /^invalid .*the file is not JSON/],
    ['bytes', Buffer.from([0xff, 0xfe, 0]), /^invalid .*the file is not UTF-8/],
    ['a list', '[]', /^invalid .*not a JSON object/],
    ['null', 'null', /^invalid .*not a JSON object/],
    ['an unknown kind', '{"spec":"lorebook_v3","data":{}}', /^invalid .*spec/],
    ['a spec that is no text', '{"spec":{},"data":{}}', /^invalid .*spec/],
    ['no data', '{"spec":"chara_card_v2"}', /^invalid .*data must be an object/],
    ['a name that is none', '{"spec":"chara_card_v2","data":{"name":5}}', /^invalid .*data\.name/],
    ['no name', '{"description":"x"}', /^invalid .*name/],
    ['a blank name', '{"name":"\u200b","description":"x"}', /^invalid .*name/],
    ['a text that is a list', '{"name":"x","first_mes":[]}', /^invalid .*first_mes/],
    [
      'extensions that are a list',
      '{"spec":"chara_card_v2","data":{"name":"x","extensions":[]}}',
      /^invalid .*extensions/,
    ],
    ['a deep one', `{"name":"x","deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, /^invalid .*deeper/],
    ['a large one', `{"name":"x","rest":"${'y'.repeat(1_100_000)}"}`, /^too_large .*1 MB/],
    ['much that is unknown', `{"name":"x","rest":"${'y'.repeat(300_000)}"}`, /^too_large .*card/],
    ['a long persona', `{"name":"x","description":"${'y'.repeat(20_001)}"}`, /^too_large .*persona/],
    ['a long greeting', `{"name":"x","first_mes":"${'y'.repeat(8_001)}"}`, /^too_large .*greeting/],
    ['a PNG without one', png(['Software', 'x']), /^invalid .*no character/],
    ['a PNG with words', png(['chara', 'not base64!']), /^invalid .*chara is not base64/],
    [
      'a PNG with broken JSON',
      png(['ccv3', base64('{')], ['chara', base64('{"name":"x"}')]),
      /^invalid .*ccv3 is not JSON/,
    ],
    ['a PNG with a large one', png(['ccv3', 'A'.repeat(1_500_000)]), /^too_large/],
    ['a large PNG', Buffer.concat([png(), Buffer.alloc(8 * 1024 * 1024)]), /^too_large .*8 MB/],
  ])('[CC2] %s', (_, bytes, expected) => {
    expect(said(() => imported(bytes))).toMatch(expected);
  });

  test('[CC2] a lorebook of too much', () => {
    const entries = (count: number) => ({
      character_book: { entries: Array.from({ length: count }, () => ({ keys: ['a'] })) },
    });
    expect(fromData(entries(2_000)).lorebook?.entries).toHaveLength(2_000);
    expect(refusalOf(() => fromData(entries(2_001)))).toBe('too_large');
    const keys = { character_book: { entries: [{ keys: Array.from({ length: 10_001 }, () => 'a') }] } };
    expect(refusalOf(() => fromData(keys))).toBe('too_large');
  });

  test('[CC2] any bytes and any JSON are a card or refused with a reason', () => {
    const json = fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text));
    const nearly = fc
      .record({
        spec: fc.constantFrom('chara_card_v2', 'chara_card_v3'),
        data: fc.dictionary(
          fc.constantFrom('name', 'description', 'extensions', 'character_book', 'first_mes'),
          fc.jsonValue(),
        ),
      })
      .map((card) => Buffer.from(JSON.stringify(card)));
    const bytes = fc.oneof(
      fc.uint8Array().map((data) => Buffer.from(data)),
      json,
      nearly,
    );
    fc.assert(
      fc.property(bytes, (file) => {
        expect(said(() => imported(file))).toMatch(/^(nothing$|invalid |too_large )/);
      }),
      { numRuns: 500 },
    );
  });

  test('[CC2] long names are cut for use here, and whole where they go out', () => {
    const name = `${'x'.repeat(59)}😀 the very long`;
    const bot = imported(JSON.stringify({ ...head, data: { name } }));
    expect(bot.name).toBe('x'.repeat(59));
    expect(jsonCardOf(bot).data.name).toBe(name);
  });
});
