type Sketch = (word: string) => string;

const sketches = {
  python: (word) =>
    [
      `def count_${word}(items):`,
      '    """Count how often each item occurs, most frequent first."""',
      '    counts = {}',
      '    for item in items:',
      '        counts[item] = counts.get(item, 0) + 1',
      '    return sorted(counts.items(), key=lambda pair: -pair[1])',
    ].join('\n'),
  typescript: (word) =>
    [
      `export function count${word.charAt(0).toUpperCase()}${word.slice(1)}(items: readonly string[]): Map<string, number> {`,
      '  const counts = new Map<string, number>();',
      '  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);',
      '  return counts;',
      '}',
    ].join('\n'),
  bash: (word) =>
    [`# The ten most frequent lines of a ${word} file`, 'sort "$1" | uniq -c | sort -rn | head -n 10'].join(
      '\n',
    ),
  sql: (word) =>
    [
      'SELECT name, count(*) AS occurrences',
      `FROM ${word}`,
      'GROUP BY name',
      'ORDER BY occurrences DESC',
      'LIMIT 10;',
    ].join('\n'),
} satisfies Record<string, Sketch>;

/** A small fenced code block in the language that `text` names, TypeScript by default; `topic` names things in it. */
export function codeSketch(text: string, topic: string): string {
  const language = languageOf(text);
  const word = topic.toLowerCase().replace(/[^a-z0-9]+/g, '');
  return `\`\`\`${language}\n${sketches[language](/^[a-z]/.test(word) ? word : 'item')}\n\`\`\``;
}

function languageOf(text: string): keyof typeof sketches {
  if (/\bpython\b/i.test(text)) return 'python';
  if (/\b(bash|shell|terminal)\b/i.test(text)) return 'bash';
  return /\b(sql|query|postgres|sqlite)\b/i.test(text) ? 'sql' : 'typescript';
}
