import { demoBrief } from './demo-brief.ts';
import { hashOf } from './demo-random.ts';
import type { DemoRule } from './demo-rule.ts';
import { demoSettle } from './demo-settle.ts';
import { excerpt, listed, topicsOf } from './demo-words.ts';

/**
 * What the demo model knows about structured tasks, by `request.task`. A task that is not here gets the least value
 * of its schema: nothing said, nothing changed, nobody addressed.
 */
export const demoRules: Readonly<Record<string, DemoRule>> = {
  /** Whoever the last message speaks to by name, of those listed as `- id: Name`; otherwise the first of them, unsurely. */
  addressee: (prompt, background) => {
    const text = prompt.lines.at(-1)?.text ?? '';
    const offered = readOffered(background);
    const named = offered.find(({ name }) => speaksTo(text, name));
    const id = (named ?? offered[0])?.id;
    return (key) => {
      if (key === 'confidence') return named ? 'high' : 'low';
      if (key === 'reason') return named ? `the message names ${named.name}` : 'the message names nobody';
      return /id$/i.test(key) ? id : undefined;
    };
  },

  brief: demoBrief,

  /** What was answered, as one sentence with its origin. */
  'fact-draft': ({ lines }) => {
    const text = lines.map(({ name, text: said }) => (name === '' ? said : `${name}: ${said}`)).join('\n');
    const [, kind = 'Answer', answer = ''] = /(Answer|Output):\s+([\s\S]+)$/.exec(text) ?? [];
    const fact = excerpt(answer, 40);
    return (key) => {
      if (key === 'isFact') return fact !== '';
      if (key === 'text') return fact === '' ? '' : `${fact}.`;
      return key === 'summary'
        ? kind === 'Answer'
          ? 'from the answer given'
          : 'from the output shown'
        : undefined;
    };
  },

  /** Those named lately want to speak; the others as the conversation has it. */
  interjection: (prompt, background) => {
    const recent = prompt.lines
      .slice(-2)
      .map(({ text }) => text.toLowerCase())
      .join(' ');
    const speakers = readOffered(background).map(({ id, name }) => {
      const isNamed = recent.includes(name.toLowerCase());
      const eagerness = isNamed ? 0.9 : (hashOf(recent + name) % 70) / 100;
      return { botId: id, eagerness, reason: isNamed ? 'they were named' : 'they were listening' };
    });
    return (key) => (key === 'speakers' ? speakers : undefined);
  },

  settle: demoSettle,

  title: (prompt) => (key) => {
    const topics = topicsOf(prompt.lines.map((line) => line.text).join(' '), 3);
    return key === 'title' && topics.length > 0 ? listed(topics) : undefined;
  },
};

/** Whether a text has a name as a word of its own, in a question or beside a “you”: a name in a story is not spoken to. */
function speaksTo(text: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const isNamed = new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'iu').test(text);
  return isNamed && /\?|\b(?:you|your|please)\b/i.test(text);
}

function readOffered(background: string): { id: string; name: string }[] {
  const rows = background.matchAll(/^\s*[-*]\s+([\w-]+)\s*[:=—–]\s*([^\n:;,()—–]+)/gm);
  return [...rows].map(([, id = '', name = '']) => ({ id, name: name.trim() }));
}
