import { expect, test } from 'vitest';
import { botProfileSchema } from '../../src/domain/bot.ts';
import { sceneOpen } from '../../src/domain/commands/scene-open.ts';
import { withNames } from '../../src/domain/macros.ts';
import { templates } from '../../src/domain/settings.ts';
import { castOf } from '../../src/people/casts/cast-of.ts';

test.each(templates)('[TP2] the characters of %s are ones that anybody could have made', (template) => {
  const { characters, scene } = castOf(template);
  for (const profile of characters) {
    expect(botProfileSchema.parse(profile)).toEqual(profile);
    const texts = [profile.persona, profile.greeting ?? '', profile.examples ?? ''].join('\n');
    expect(withNames(texts, { char: profile.name, user: 'Ann' })).not.toMatch(/[{}]|undefined| {2}/);
  }
  expect(new Set(characters.map(({ name }) => name)).size).toBe(characters.length);
  if (scene !== undefined) expect(sceneOpen.args.parse(scene)).toEqual(scene);
});
