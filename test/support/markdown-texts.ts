import fc from 'fast-check';

const word = fc.constantFrom(
  'db1',
  'is',
  'down',
  'since',
  '14:02',
  'ls -la',
  '**up**',
  'é',
  '漢字',
  '😀',
  'C #',
  '|',
  '\\#',
);
const words = fc.array(word, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' '));
const indent = fc.constantFrom('', '', '', ' ', '  ', '   ', '    ', '\t');
const fence = fc.constantFrom('```', '~~~', '````', '~~~~~', '```sh', '~~~ a`b', '``', '``` a`b');
const heading = fc
  .tuple(
    fc.integer({ min: 1, max: 7 }),
    fc.constantFrom(' ', '\t', '', '  '),
    words,
    fc.constantFrom('', ' #', ' ##  ', '#'),
  )
  .map(([level, space, text, end]) => '#'.repeat(level) + space + text + end);

/** A line of anything that Markdown makes something of. */
const markdownLine = fc
  .tuple(
    indent,
    fc.oneof(
      { weight: 4, arbitrary: words },
      { weight: 3, arbitrary: heading },
      { weight: 3, arbitrary: fence },
      { weight: 3, arbitrary: fc.constant('') },
      {
        weight: 3,
        arbitrary: fc
          .tuple(
            fc.constantFrom('- ', '* ', '1. ', '10) ', '-     ', '- - ', '-\t'),
            fc.oneof(words, fence, heading),
          )
          .map(([marker, text]) => marker + text),
      },
      fc.constantFrom(
        '| a | b |',
        '| --- | --- |',
        '---',
        '===',
        '- - -',
        '> # quoted',
        '<!--',
        '-',
        '#',
        '##  ##',
        '\u00a0',
        '\f',
      ),
    ),
  )
  .map(([spaces, text]) => spaces + text);

/** Markdown of lines in any order, with fences that close and fences that do not. */
export const markdownTexts = fc
  .tuple(fc.array(markdownLine, { maxLength: 24 }), fc.constantFrom('\n', '\n', '\r\n', '\r'))
  .map(([lines, end]) => lines.join(end));

/** What a person would write: paragraphs, lists, tables and fences that are whole, and headings. */
export const tidyMarkdown = fc
  .array(
    fc.oneof(
      words,
      fc.constantFrom(
        '- a\n  - nested\n    - deeper',
        '1. one\n\n   more of it\n2. two',
        '| a | b |\n| --- | --- |\n| 1 | 2 |',
      ),
      fc.constantFrom(
        '```sh\n# not a heading\n\n\nls\n```',
        '~~~~\n```\n# no\n~~~\n~~~~',
        '- ```\n  # no\n  ```',
        '1. run\n   ```sh\n   # no\n   ```\n',
      ),
      fc.constantFrom(
        '    # code',
        'Title\n---',
        '> # quoted',
        '10. ten\n\n    ```\n    a\n\n\n    b\n    ```',
        '* * *',
      ),
      fc
        .tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom('Findings', 'Next steps', 'C#', 'A `b` c'))
        .map(([level, text]) => `${'#'.repeat(level)} ${text}`),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join('\n\n'));
