import type { Pick } from './demo-random.ts';

type Sketch = (name: string) => string;

const sketches: Record<string, Sketch> = {
  python: (name) =>
    `def ${name}(items):\n    """Count how often each item occurs, most frequent first."""\n    counts = {}\n    for item in items:\n        counts[item] = counts.get(item, 0) + 1\n    return sorted(counts.items(), key=lambda pair: -pair[1])`,
  typescript: (name) =>
    `export function ${name}(items: readonly string[]): Map<string, number> {\n  const counts = new Map<string, number>();\n  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);\n  return counts;\n}`,
  bash: (name) =>
    `# ${name}: the ten most frequent lines of a file\nsort "$1" | uniq -c | sort -rn | head -n 10`,
  sql: (name) =>
    `SELECT item, count(*) AS ${name}_count\nFROM ${name}\nGROUP BY item\nORDER BY ${name}_count DESC\nLIMIT 10;`,
};

const languages: readonly [RegExp, string][] = [
  [/\bpython\b/i, 'python'],
  [/\b(bash|shell|terminal)\b/i, 'bash'],
  [/\b(sql|query|postgres|sqlite)\b/i, 'sql'],
];

/** A small fenced code block in the language that `text` names, TypeScript by default. */
export function codeSketch(text: string, topic: string, pick: Pick): string {
  const language = languages.find(([named]) => named.test(text))?.[1] ?? 'typescript';
  const word = topic.toLowerCase().replace(/[^a-z0-9]+/g, '');
  const name = /^[a-z]/.test(word) ? word : pick(['tally', 'count', 'survey']);
  return `\`\`\`${language}\n${sketches[language]?.(name) ?? ''}\n\`\`\``;
}
