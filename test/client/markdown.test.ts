import fc from 'fast-check';
import type { Root, RootContent } from 'hast';
import { describe, expect, it } from 'vitest';
import { linkTarget } from '../../client/src/markdown/link-target.ts';
import { type Block, growBlocks, markdownTree } from '../../client/src/markdown/parse.ts';

function elementsOf(tree: Root): Set<string> {
  const names = new Set<string>();
  const visit = (node: RootContent) => {
    if (node.type !== 'element') return;
    names.add(node.tagName);
    node.children.forEach(visit);
  };
  tree.children.forEach(visit);
  return names;
}

function textOf(tree: Root): string {
  const visit = (node: RootContent): string =>
    node.type === 'text' ? node.value : node.type === 'element' ? node.children.map(visit).join('') : '';
  return tree.children.map(visit).join('');
}

describe('markdown', () => {
  it('shows markup in a message as the text it is', () => {
    const hostile = [
      '<script>alert(1)</script>',
      'a <img src=x onerror=alert(1)> b',
      '<svg onload=alert(1)>',
      '<iframe src="https://evil.example"></iframe>',
      '> <style>*{display:none}</style>',
      '- <object data="x"></object>',
      '| a |\n| --- |\n| <base href="https://evil.example"> |',
    ];
    for (const text of hostile) {
      const tree = markdownTree(text);
      const names = elementsOf(tree);
      for (const name of ['script', 'img', 'svg', 'iframe', 'style', 'object', 'base']) {
        expect(names.has(name), `${name} in ${text}`).toBe(false);
      }
      expect(textOf(tree)).toContain('<');
    }
  });

  it('links to the web and to mail only', () => {
    for (const bad of [
      'javascript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      '/api/session',
      'file:///etc',
      '',
      7,
    ]) {
      expect(linkTarget(bad)).toBeUndefined();
    }
    expect(linkTarget('JaVaScRiPt:alert(1)')).toBeUndefined();
    expect(linkTarget('https://Example.org/a')).toEqual({
      href: 'https://example.org/a',
      where: 'Opens example.org',
    });
    expect(linkTarget('mailto:a@b.example')).toMatchObject({ where: 'Write to a@b.example' });
  });

  it('of a growing text has the blocks of the whole text at its end, and never loses a character', () => {
    const parts = fc.constantFrom(
      'word ',
      'two\nlines ',
      '\n\n',
      '\n',
      '# Title\n',
      '- item\n',
      '  - inner\n',
      '1. one\n',
      '```js\ncode\n',
      '```\n',
      '> quote\n',
      '| a | b |\n| - | - |\n',
      '| 1 | 2 |\n',
      '---\n',
      '<div>\n',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (pieces) => {
        let text = '';
        let blocks: readonly Block[] = [];
        for (const piece of pieces) {
          text += piece;
          blocks = growBlocks(blocks, text);
          if (blocks.length > 0)
            expect(
              blocks
                .map((block) => block.source)
                .join('')
                .trim(),
            ).toBe(text.trim());
        }
        expect(blocks.map((block) => block.source.trim())).toEqual(
          growBlocks([], text).map((block) => block.source.trim()),
        );
      }),
      { numRuns: 400 },
    );
  });
});
