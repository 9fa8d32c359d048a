import { describe, expect, it } from 'vitest';
import { plainLine } from '../../client/src/markdown/plain-line.ts';
import { hueCount, hueOf, initialsOf } from '../../client/src/ui/hue.ts';
import { huesAmong } from '../../client/src/ui/hues.ts';

describe('author colours', () => {
  it('are the same for an id everywhere, and each its own while there are enough', () => {
    const ids = Array.from({ length: hueCount }, (_, index) => `user-${index}`);
    const hues = huesAmong(ids);
    expect(new Set(ids.map(hues)).size).toBe(hueCount);
    expect(huesAmong(ids)(ids[7] ?? '')).toBe(hues(ids[7] ?? ''));
    expect(hues('somebody who left')).toBe(hueOf('somebody who left'));
    expect(huesAmong([...ids, 'one more'])('one more')).toBeLessThan(hueCount);
  });

  it('come with initials that stand for any name', () => {
    expect(initialsOf('Ada Lovelace')).toBe('AL');
    expect(initialsOf('émile')).toBe('É');
    expect(initialsOf('🦊 fox')).toBe('🦊F');
    expect(initialsOf('   ')).toBe('?');
  });
});

describe('a glance at a message', () => {
  it('is one line without markup', () => {
    expect(plainLine('# Hi\n**bold** [link](https://a.example) ![pic](x)\n```js\ncode', 80)).toBe(
      'Hi bold link pic code',
    );
    expect(plainLine('word '.repeat(40), 20)).toBe('word word word word…');
  });
});
