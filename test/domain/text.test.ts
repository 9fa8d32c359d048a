import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { botProfileSchema } from '../../src/domain/bot.ts';
import { limits } from '../../src/domain/limits.ts';
import { settingsPatchSchema, settingsSchema } from '../../src/domain/settings.ts';
import { idSchema, messageTextSchema, nameSchema, storableText, titleSchema } from '../../src/domain/text.ts';

const texts = { message: messageTextSchema, name: nameSchema, title: titleSchema };

describe.each(Object.entries(texts))('the text of a %s', (_, schema) => {
  test('[TX1] loses lone surrogates and NUL, and keeps the rest', () => {
    expect(schema.parse('a\u0000b \ud83d c \u{1F469}\u200d\u{1F4BB}')).toBe(
      'ab \ufffd c \u{1F469}\u200d\u{1F4BB}',
    );
  });

  test.each(['', ' ', '\n\t ', '\u0000', '\u00a0', '\u200b', '\ufeff\u2060'])('[TX3] %j is blank', (text) => {
    expect(schema.safeParse(text).success).toBe(false);
  });

  test('[TX1] is storable, whatever is typed, or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (typed) => {
        const parsed = schema.safeParse(typed);
        if (!parsed.success) return;
        expect(parsed.data.isWellFormed()).toBe(true);
        expect(parsed.data).not.toContain('\u0000');
        expect(storableText(parsed.data)).toBe(parsed.data);
      }),
    );
  });
});

test('[TX2] names and titles are one line, trimmed, and turn no writing direction', () => {
  expect(nameSchema.parse('  Ada\r\nLove\u2028lace\t')).toBe('Ada Love lace');
  expect(titleSchema.parse('a\u0007b')).toBe('a b');
  expect(nameSchema.parse('\u202eadA\u2066')).toBe('adA');
});

test('[TX2] a message keeps its lines and spaces', () => {
  expect(messageTextSchema.parse('  a\n\n\tb  ')).toBe('  a\n\n\tb  ');
});

test.each([
  ['message', messageTextSchema, limits.messageText],
  ['name', nameSchema, limits.name],
  ['title', titleSchema, limits.title],
  ['id', idSchema, limits.id],
] as const)('[TX4] a %s ends at its limit', (_, schema, limit) => {
  expect(schema.safeParse('x'.repeat(limit)).success).toBe(true);
  expect(schema.safeParse('x'.repeat(limit + 1)).success).toBe(false);
});

test.each(['', 'a b', 'a/b', '../x', 'ä', 'a\n', 'a\u0000'])('[TX5] %j is no id', (id) => {
  expect(idSchema.safeParse(id).success).toBe(false);
});

describe('[TX6] settings', () => {
  test('have defaults, and carry keys of later versions', () => {
    expect(settingsSchema.parse({ later: { a: 1 } })).toEqual({
      regenerate: 'anyone',
      reply: 'auto',
      interjections: 1,
      relationships: false,
      facts: false,
      voiceWeight: 0.5,
      spectatorsSeeState: false,
      later: { a: 1 },
    });
    expect(settingsPatchSchema.parse({ later: 1 })).toEqual({ later: 1 });
  });

  test('are refused when wrong, too large or too deep', () => {
    expect(settingsSchema.safeParse({ reply: 'never' }).success).toBe(false);
    expect(settingsSchema.safeParse({ later: 'x'.repeat(8_000) }).success).toBe(false);
    const deep: unknown = JSON.parse(`{"later":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect(settingsSchema.safeParse(deep).success).toBe(false);
  });

  test('[TX7] a misspelt limit of a budget is refused where it is set, and passed over where it is stored', () => {
    const settings = { budget: { room: 1, tokensPerDay: 1_000 } };
    expect(settingsPatchSchema.safeParse(settings).success).toBe(false);
    expect(settingsSchema.parse(settings).budget).toEqual({ room: 1 });
    expect(settingsPatchSchema.parse({ budget: { room: 1 } })).toEqual({ budget: { room: 1 } });
  });

  test('cannot change the prototype', () => {
    const parsed = settingsSchema.parse(JSON.parse('{"__proto__":{"later":1}}'));
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(parsed.later).toBeUndefined();
  });
});

test('[TX1] a bot is storable in all its texts', () => {
  const bot = { name: 'A\u0000da', persona: '\ud800', greeting: 'hi\u0000', model: 'm\u00001' };
  expect(botProfileSchema.parse(bot)).toEqual({
    name: 'Ada',
    persona: '\ufffd',
    greeting: 'hi',
    model: 'm1',
  });
});
