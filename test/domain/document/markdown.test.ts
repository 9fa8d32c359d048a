import fc from 'fast-check';
import type { Heading } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import { settledText } from '../../../src/domain/document/block-text.ts';
import type { Document } from '../../../src/domain/document/document.ts';
import { renderMarkdown } from '../../../src/domain/document/render-markdown.ts';
import { splitMarkdown } from '../../../src/domain/document/split-markdown.ts';
import { markdownTexts, tidyMarkdown } from '../../support/markdown-texts.ts';
import { runs } from '../../support/runs.ts';

const shapeOf = ({ sections }: Document) =>
  sections.map(({ heading, blocks }) => [heading, ...blocks.map(({ text }) => text)]);
const split = (...lines: string[]) => shapeOf(splitMarkdown(lines.join('\n')));
const words = (text: string) => text.split(/[\r\n]/).filter((line) => line.trim() !== '');

describe('[DO7] Markdown in', () => {
  test('is a section for each heading and a block for what stands between blank lines', () => {
    const document = splitMarkdown('before\n\n# One\na\nb\n\n\nc\n### Two ##\r\nd\r\n\r\ne');
    expect(document.sections).toMatchObject([
      { id: 'preamble', heading: '', level: 2, blocks: [{ text: 'before' }] },
      { id: 'one', heading: 'One', level: 1, blocks: [{ text: 'a\nb' }, { text: 'c' }] },
      { id: 'two', heading: 'Two', level: 3, blocks: [{ text: 'd' }, { text: 'e' }] },
    ]);
  });

  test('of nothing is a document without sections', () => {
    expect(splitMarkdown(' \n\r\n')).toEqual({ version: 2, sections: [] });
    expect(renderMarkdown({ version: 2, sections: [] })).toBe('');
  });

  test.each([
    ['a fence', ['```sh', '# no', '', '', 'x', '```']],
    ['a fence of tildes', ['~~~', '# no', '```', '', '# no', '~~~']],
    ['a longer fence', ['````md', '```', '# no', '```', '````']],
    ['a fence that a longer line closes', ['```', '# no', '', '`````']],
    ['a fence with marks indented too far to close it', ['```', '    ```', '# no', '```']],
    ['what a tab indents under an item', ['- a', '', '\tmore']],
    ['an indented fence', ['   ```', '# no', '', '  ```']],
    ['a fence on the line of an item', ['- ```sh', '  # no', '', '  ls', '  ```']],
    ['a fence in an item', ['1. run', '   ```', '   # no', '', '   ```']],
    ['a fence in an item of an item', ['10. run', '', '    ```', '    # a', '', '', '    b', '    ```']],
    ['a nested list', ['- a', '  - b', '    - c', '  # in the item', '', '  more']],
    ['a table', ['| a | b |', '| - | - |', '| 1 | # 2 |']],
    ['setext underlines', ['Title', '---', 'text', '===']],
    ['indented code', ['    # no']],
    ['a quotation', ['> # no', '> ```']],
    ['number signs without words', ['#', '##  ##', '#hash']],
  ])('keeps %s as it is', (_, lines) => {
    expect(split('# H', ...lines, '', '# I')).toEqual([['H', lines.join('\n')], ['I']]);
  });

  test.each([
    ['inline code', ['``` a`b', '# H'], [['', '``` a`b'], ['H']]],
    ['a fence that closed', ['```', '~~~', '````', '# H'], [['', '```\n~~~\n````'], ['H']]],
    ['a list that ended', ['- a', '', 'b', '', '  # H'], [['', '- a', 'b'], ['H']]],
    ['a rule', ['- - -', '  # H'], [['', '- - -'], ['H']]],
  ])('goes on after %s', (_, lines, sections) => {
    expect(split(...lines)).toEqual(sections);
  });

  test('has the headings that CommonMark has', () => {
    fc.assert(
      fc.property(tidyMarkdown, (text) => {
        const headings = fromMarkdown(text)
          .children.filter((node): node is Heading => node.type === 'heading')
          .filter(({ position }) => text.slice(position?.start.offset).startsWith('#'))
          .map(({ depth, position }) =>
            text.slice(position?.start.offset, position?.end.offset).slice(depth + 1),
          );
        const own = splitMarkdown(text).sections.map(({ heading }) => heading);
        expect(own.filter((heading) => heading !== '')).toEqual(headings);
      }),
      runs(300),
    );
  });
});

describe('[DO7] Markdown in and out', () => {
  test('keeps every line that is not blank', () => {
    fc.assert(
      fc.property(tidyMarkdown, (text) => {
        expect(words(renderMarkdown(splitMarkdown(text)))).toEqual(words(text).map((line) => line.trimEnd()));
      }),
      runs(300),
    );
  });

  test('keeps the words of every line, whatever the lines are', () => {
    const said = (text: string) => text.replace(/[\s#\\`~]/g, '');
    fc.assert(
      fc.property(markdownTexts, (text) => {
        expect(said(renderMarkdown(splitMarkdown(text)))).toBe(said(text));
      }),
      runs(1000),
    );
  });

  test('is the same document again, ids and all', () => {
    fc.assert(
      fc.property(markdownTexts, (text) => {
        const document = splitMarkdown(text);
        expect(splitMarkdown(renderMarkdown(document))).toEqual(document);
      }),
      runs(1000),
    );
  });

  test('is the same text again, whatever stands in a document', () => {
    const heading = fc.oneof(
      markdownTexts,
      fc.constantFrom('', 'A #', '#', '# A', 'C#', 'a\r\nb', 'a\u2028b'),
    );
    const sections = fc.array(
      fc.record({
        id: fc.string(),
        heading,
        level: fc.integer({ min: 1, max: 6 }),
        blocks: fc.array(
          fc.record({ id: fc.string(), text: fc.oneof(markdownTexts, fc.string({ unit: 'binary' })) }),
        ),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(sections, (sections) => {
        const text = renderMarkdown({ version: 2, sections });
        const again = splitMarkdown(text);
        expect(renderMarkdown(again)).toBe(text);
        const named = sections
          .map(({ heading }) => heading.replace(/[\r\n]+/g, ' ').trim())
          .filter((one) => one !== '');
        expect(again.sections.filter(({ heading }) => heading !== '')).toHaveLength(named.length);
      }),
      runs(1000),
    );
  });
});

describe('[DO8] the text of a block', () => {
  test.each([
    ['# systemctl restart', '\\# systemctl restart'],
    ['a\n  ## b\nc', 'a\n  \\## b\nc'],
    ['```\n# x', '```\n# x\n```'],
    ['- ~~~~\n  # x', '- ~~~~\n  # x\n  ~~~~'],
    ['\n\n    code\n\n\n\nmore  \n\n', '    code\n\nmore'],
    ['a\r\n# b', 'a\n\\# b'],
    ['```\n# x\n```', '```\n# x\n```'],
    ['- a\n  # in the item', '- a\n  # in the item'],
    [' \n', ''],
  ])('%j stands as %j', (text, settled) => {
    expect(settledText(text)).toBe(settled);
  });

  test('once settled, stays', () => {
    fc.assert(
      fc.property(markdownTexts, (text) => {
        expect(settledText(settledText(text))).toBe(settledText(text));
      }),
      runs(1000),
    );
  });

  test('never cuts off or takes in what comes after it', () => {
    fc.assert(
      fc.property(markdownTexts, markdownTexts, (first, second) => {
        const section = (id: string, text: string) => ({ id, heading: id, level: 2, blocks: [{ id, text }] });
        const text = renderMarkdown({ version: 2, sections: [section('A', first), section('B', second)] });
        expect(splitMarkdown(text).sections.map(({ heading }) => heading)).toEqual(['A', 'B']);
      }),
      runs(1000),
    );
  });
});
