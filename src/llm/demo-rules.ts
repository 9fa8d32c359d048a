import type { DemoPrompt } from './demo-prompt.ts';
import { excerpt, listed, topicsOf } from './demo-words.ts';
import type { Hint } from './fill-schema.ts';

/** How the demo model fills in the answer to one task, property by property. `background`: the system messages. */
export type DemoRule = (prompt: DemoPrompt, background: string) => Hint;

/**
 * What the demo model knows about structured tasks, by `request.task`. A task that is not here gets the least value
 * of its schema: nothing said, nothing changed, nobody addressed.
 */
export const demoRules: Readonly<Record<string, DemoRule>> = {
  /** Whoever the last message names, of those listed as `- id: Name`; otherwise the first of them, unsurely. */
  addressee: (prompt, background) => {
    const text = prompt.lines.at(-1)?.text.toLowerCase() ?? '';
    const offered = readOffered(background);
    const named = offered.find(({ name }) => text.includes(name.toLowerCase()));
    const id = (named ?? offered[0])?.id;
    return (key) => {
      if (key === 'confidence') return named ? 'high' : 'low';
      if (key === 'reason') return named ? `the message names ${named.name}` : 'the message names nobody';
      return /id$/i.test(key) ? id : undefined;
    };
  },

  /** What was said last, as one sentence with its origin. */
  'fact-draft': (prompt) => (key) => {
    const last = prompt.lines.at(-1);
    if (last === undefined) return undefined;
    if (key === 'text') return `${excerpt(last.text, 30)}.`;
    return key === 'summary' ? `from what ${last.name || 'someone'} wrote` : undefined;
  },

  title: (prompt) => (key) => {
    const topics = topicsOf(prompt.lines.map((line) => line.text).join(' '), 3);
    return key === 'title' && topics.length > 0 ? listed(topics) : undefined;
  },
};

function readOffered(background: string): { id: string; name: string }[] {
  const rows = background.matchAll(/^\s*[-*]\s+([\w-]+)\s*[:=—–]\s*([^\n:;,()—–]+)/gm);
  return [...rows].map(([, id = '', name = '']) => ({ id, name: name.trim() }));
}
