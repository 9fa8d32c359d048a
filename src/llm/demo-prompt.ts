import type { ChatMessage } from './language-model.ts';

export type DemoLine = { name: string; text: string };
export type DemoSource = { number: number; title: string; text: string };

/** What the demo model understands of a prompt. */
export type DemoPrompt = {
  /** The name the system message gives the model. */
  name: string;
  /** What the system message calls it, such as `a patient gardener`. */
  persona: string | undefined;
  /** Whether the system message speaks of a story. */
  story: boolean;
  /** What the system message says of its character after naming it. */
  about: string;
  scenario: string;
  scene: { title: string; place?: string | undefined; clock?: string | undefined } | undefined;
  /** The names of the other AI participants. */
  others: string[];
  /** What people and other bots said, oldest first. */
  lines: DemoLine[];
  /** All that was said, by the model itself, too. */
  said: string;
  sources: DemoSource[];
  facts: string[];
};

const label = /^([^\s:[#*>-][^:\n]{0,59}):\s+([\s\S]*)$/;
/** What stands in for a conversation that has not begun. */
const standIn = /^\[Nobody has spoken yet\b[^\n]*\]$/;
const sourceLine = /^\[(\d+)\]\s+(.+)$/;

/**
 * Reads a prompt the way it is composed here: a persona in the system messages, `Name: text` in the user messages,
 * sources as `[1] Title — text`, facts as a list under a heading that names them. Whatever is missing is left out.
 */
export function readDemoPrompt(messages: readonly ChatMessage[]): DemoPrompt {
  const system = messages.filter((message) => message.role === 'system').map((message) => message.content);
  const background = system.join('\n');
  const identity = /\byou are ([^\n.,;:(—]{1,60}?)(?:,\s+(an? [^\n.;:—]{3,60}))?(?=[\n.,;:(—]|$)/i.exec(
    background,
  );
  const persona = identity?.[2]?.trim();
  return {
    name: identity?.[1]?.trim().replace(/^["“*]+|["”*]+$/g, '') || 'the demo model',
    persona:
      persona !== undefined && /\b(AI|bot|assistant|participant)\b/i.test(persona) ? undefined : persona,
    about: /\byou are [^\n]+\n\s*([^\n]+)/i.exec(background)?.[1] ?? '',
    scenario: /^The scenario: ([^\n]+)/m.exec(background)?.[1] ?? '',
    scene: readScene(background),
    others: (/^Other AI participants: (.+)\.$/m.exec(background)?.[1] ?? '')
      .split(', ')
      .filter((name) => name !== ''),
    said: messages
      .filter((message) => message.role !== 'system')
      .map((message) => message.content)
      .join('\n'),
    story: /\b(story|scene|role-?play|narrat\w+|in character)\b/i.test(background),
    lines: messages.filter((message) => message.role === 'user').flatMap(readLines(messages)),
    sources: readSources(messages),
    facts: readFacts(background),
  };
}

/** Splits a user message that holds several labelled lines; a label inside a text counts if that name spoke before. */
function readLines(messages: readonly ChatMessage[]) {
  const names = new Set<string>();
  for (const { role, content } of messages) {
    const name = role === 'user' ? label.exec(content)?.[1] : undefined;
    if (name !== undefined) names.add(name);
  }
  return ({ content }: ChatMessage): DemoLine[] => {
    const lines: DemoLine[] = [];
    for (const row of content.split('\n')) {
      const [, name, text] = label.exec(row) ?? [];
      const last = lines.at(-1);
      if (name !== undefined && text !== undefined && names.has(name)) lines.push({ name, text });
      else if (last) last.text += `\n${row}`;
      else lines.push({ name: '', text: row });
    }
    return lines.filter(({ text }) => !sourceLine.test(text) && !standIn.test(text) && text.trim() !== '');
  };
}

/** The scene as prompts tell it: `The scene now: Landing. Place: the harbour. Time in the story: dusk.` */
function readScene(background: string): DemoPrompt['scene'] {
  const row = /^The scene now: (.+)\.$/m.exec(background)?.[1];
  if (row === undefined) return undefined;
  const [, title = '', place, clock] =
    /^(.+?)(?:\. Place: (.+?))?(?:\. Time in the story: (.+))?$/.exec(row) ?? [];
  return { title, place, clock };
}

function readSources(messages: readonly ChatMessage[]): DemoSource[] {
  const sources = new Map<number, DemoSource>();
  for (const message of messages) {
    if (message.role === 'assistant') continue;
    for (const row of message.content.split('\n')) {
      const [, digits, rest = ''] = sourceLine.exec(row.trim()) ?? [];
      const [title = '', ...text] = rest.split(/\s+[—–]\s+|:\s+/);
      const number = Number(digits);
      if (digits !== undefined && !sources.has(number))
        sources.set(number, { number, title, text: text.join(' ') });
    }
  }
  return [...sources.values()];
}

function readFacts(background: string): string[] {
  const facts: string[] = [];
  let inFacts = false;
  for (const row of background.split('\n')) {
    const item = /^\s*(?:[-*•]|\d+[.)])\s+(.+)$/.exec(row)?.[1];
    if (item !== undefined) {
      // As a room lists them: an id before, how sure it is and where from behind.
      if (inFacts)
        facts.push(
          item
            .replace(/^\[[\w-]+\]\s+/, '')
            .replace(/\s+\([^()]*;[^()]*\)$/, '')
            .trim(),
        );
    } else if (row.trim() !== '') inFacts = /\bfacts?\b|\bknown\b|\bwe know\b/i.test(row);
  }
  return facts;
}
