import { codeSketch } from './demo-code.ts';
import { isFresh } from './demo-fresh.ts';
import * as phrases from './demo-phrases.ts';
import type { DemoLine, DemoPrompt } from './demo-prompt.ts';
import type { Pick } from './demo-random.ts';
import { storyReply } from './demo-story/story-reply.ts';
import { capital, excerpt, listed, tellingWords, topicsOf, wordCount } from './demo-words.ts';

const mostLongWords = 2_000;

type Context = {
  prompt: DemoPrompt;
  /** What is answered: the last line, empty if nobody has spoken. */
  last: DemoLine;
  earlier: DemoLine[];
  pick: Pick;
  /** A phrase with its blanks filled in. */
  say: (phrase: string, blanks?: { quote?: string; other?: string; topic?: string }) => string;
};

type Intent = { when: RegExp; reply: (context: Context) => string };

const longAsked =
  /\b\d{2,4}[- ]words?\b|\b(write|give|tell|make)\b.*\blong(er)?\b|\blong(er)? (answer|reply|text|version)\b|\b(detailed|essay|at length|in depth)\b/i;

const summaryAsked = /\b(summar\w+|recap|sum (it |this |that )?up|so far|catch me up|what did I miss)\b/i;
const identityAsked = /\bare you (real|human|a bot|an ai)\b/i;

/** What is asked for decides the shape of the reply; the first that fits. */
const intents: readonly Intent[] = [
  { when: longAsked, reply: longReply },
  {
    when: /\bwhat (did|has|have|was)\b.*\b(say|said|saying|write|written|mean)\b|\bwho said\b/i,
    reply: recall,
  },
  { when: summaryAsked, reply: recall },
  { when: /\b(code|function|script|snippet|regex|sql|python|typescript|javascript)\b/i, reply: codeReply },
  { when: identityAsked, reply: identityReply },
  { when: /\b(who|what) are you\b/i, reply: identityReply },
  { when: /\b(list|steps|ideas|options|ways to|pros and cons|checklist)\b/i, reply: listReply },
  {
    when: /^\W*(@\S+\s+)?(hi|hello|hey|good (morning|afternoon|evening)|greetings)\b[^?]{0,60}$/i,
    reply: greetingReply,
  },
  { when: /^\W*(@\S+\s+)?(thanks|thank you|cheers|great, thank)/i, reply: thanksReply },
];

/** The demo model's answer to a prompt: 40 to 120 words of markdown, or as many as were asked for. */
export function demoReply(prompt: DemoPrompt, pick: Pick): string {
  const lastLine = prompt.lines.at(-1) ?? { name: '', text: '' };
  const last = { name: lastLine.name, text: withoutAddress(lastLine.text, prompt.name) };
  const topics = topicsOf(last.text, 2);
  const say: Context['say'] = (phrase, { topic, other = '', quote } = {}) => {
    const blanks: Record<string, string> = {
      who: excerpt(last.name || 'everyone', 4),
      me: capital(excerpt(prompt.name, 8)),
      topic: topic ?? (listed(topics) || 'what you just said'),
      other: excerpt(other, 4),
      quote: quote ?? excerpt(last.text, 12),
    };
    // In one pass and without patterns: what people write may look like a blank.
    return phrase.replace(/\{(\w+)\}/g, (whole, blank: string) => blanks[blank] ?? whole);
  };
  const context: Context = {
    prompt,
    last,
    earlier: prompt.lines.slice(0, -1),
    pick: unsaid(prompt, pick),
    say,
  };
  const stepsOut = [longAsked, summaryAsked, identityAsked].some((asked) => asked.test(last.text));
  const isByPerson = !prompt.others.includes(last.name);
  if (prompt.story && prompt.sources.length === 0 && !(stepsOut && isByPerson)) {
    const lines = prompt.lines.length === 0 ? [] : [...prompt.lines.slice(0, -1), last];
    return storyReply({ ...prompt, lines }, pick);
  }
  if (last.text.trim() === '') return greetingReply(context);
  const intent = intents.find(({ when }) => when.test(last.text));
  if (intent) return intent.reply(context);
  return prompt.sources.length > 0 ? citedReply(context) : plainReply(context);
}

function plainReply({ prompt, earlier, last, pick, say }: Context): string {
  const parts = [`${say(pick(phrases.openers))} ${say(pick(phrases.reflections))}`];
  const fact = pickFact(prompt, last, pick);
  if (fact !== undefined) parts.push(`What we know helps here: ${fact}.`);
  const aside = earlier.findLast((line) => line.name !== last.name && line.name !== '');
  const persona =
    prompt.persona !== undefined && pick([true, false]) ? `Speaking as ${excerpt(prompt.persona, 8)}: ` : '';
  const thought = say(pick(phrases.thoughts));
  parts.push(persona + thought);
  if (aside) parts.push(say(pick(phrases.asides), { other: aside.name, quote: excerpt(aside.text, 10) }));
  parts.push(say(pick(phrases.closings)));
  return parts.join(pick([' ', '\n\n']));
}

function citedReply({ prompt, pick, say }: Context): string {
  const claims = prompt.sources.slice(0, 3).map((source) => {
    const about = excerpt(source.title, 8);
    const text = excerpt(source.text, 16);
    return text === ''
      ? `“${about}” deals with this [${source.number}].`
      : `${about}: ${text} [${source.number}].`;
  });
  const form =
    claims.length > 1 && pick([true, false])
      ? claims.map((claim) => `- ${claim}`).join('\n')
      : claims.join(' ');
  const opener = `${say(pick(phrases.openers))} ${say('The library has something about {topic}.')}`;
  return `${opener}\n\n${form}\n\nI kept to what the sources say; for more than that, open the passage itself and read on from there. ${pick(phrases.closings)}`;
}

function recall({ earlier, last, pick, say }: Context): string {
  const about = earlier.filter((line) => line.name !== '' && isNamed(line.name, last.text));
  const lines = (about.length > 0 ? about : earlier).slice(-4);
  if (lines.length === 0) {
    return `${say(pick(phrases.openers))} Nobody has said anything before this that I can see, so there is nothing to go back to yet. ${say(pick(phrases.thoughts))} ${pick(phrases.closings)}`;
  }
  const items = lines.map(
    (line) => `- **${excerpt(line.name || 'Someone', 4)}**: “${excerpt(line.text, 14)}”`,
  );
  return `${say(pick(phrases.openers))} This is what I have from the conversation, in the order in which it was said:\n\n${items.join('\n')}\n\nThat is how it was put, word for word where it was short enough. If I should go further back or leave somebody out, tell me. ${pick(phrases.closings)}`;
}

function codeReply({ last, pick, say }: Context): string {
  const plain = last.text.replace(/\b(code|function|script|snippet|\w+script|python|bash|sql|query)\b/gi, '');
  return `${say(pick(phrases.openers))} Here is a small sketch to start from:\n\n${codeSketch(last.text, tellingWords(plain)[0] ?? 'item')}\n\nIt counts before it sorts, so it stays quick for long inputs, and there is nothing to install. Try it on a few lines of your own first. ${pick(phrases.closings)}`;
}

function listReply({ pick, say }: Context): string {
  const start = pick([0, 1, 2, 3, 4, 5]);
  const items = [...phrases.listItems.slice(start), ...phrases.listItems.slice(0, start)].slice(0, 4);
  const lines = items.map((item, at) => `${at + 1}. ${say(item)}`);
  return `${say(pick(phrases.openers))}\n\n${lines.join('\n')}\n\n${pick(phrases.closings)}`;
}

function greetingReply({ pick, say }: Context): string {
  return `${say(pick(phrases.greetings))} ${say(pick(phrases.introductions))} ${pick(phrases.closings)}`;
}

function thanksReply({ pick, say }: Context): string {
  return `${say(pick(phrases.thanks))} ${say(pick(phrases.thoughts), { topic: 'what comes next' })} I stay right here and read along, so whenever something new turns up, just say it. ${pick(phrases.closings)}`;
}

function identityReply({ prompt, pick, say }: Context): string {
  const persona = prompt.persona === undefined ? '' : `, ${excerpt(prompt.persona, 10)}`;
  return `${say('I am {me}')}${persona}. To be honest with you, ${say('{who}')}: behind the name is Kibitz's built-in demo model, which follows simple rules and needs no network. Connect a real model, and the same room, the same people and the same history go on with it. ${pick(phrases.closings)}`;
}

function longReply({ last, pick, say }: Context): string {
  const asked = Number(/\b(\d{2,4})[- ]words?\b/i.exec(last.text)?.[1] ?? 300);
  const topics = topicsOf(last.text.replace(/\b(detailed|essay|length|depth|words?)\b/gi, ''), 4);
  const paragraphs = [`${say(pick(phrases.openers))} ${say(pick(phrases.reflections))}`];
  let words = wordCount(paragraphs.join(' '));
  let unused: string[] = [];
  for (let at = 0; words < Math.min(asked, mostLongWords); at += 1) {
    if (unused.length === 0) unused = [...phrases.longSentences];
    const phrase = pick(unused as [string, ...string[]]);
    unused = unused.filter((other) => other !== phrase);
    const sentence = say(phrase, { topic: topics[at % topics.length] ?? 'this' });
    if (at % 5 === 0) paragraphs.push(sentence);
    else paragraphs[paragraphs.length - 1] += ` ${sentence}`;
    words += wordCount(sentence);
  }
  return paragraphs.join('\n\n');
}

/** Chooses what was not said before, as long as there is something. */
function unsaid({ said }: DemoPrompt, pick: Pick): Pick {
  return (list) => {
    const [fresh, ...more] = list.filter((item) => typeof item !== 'string' || isFresh(item, said));
    return pick(fresh === undefined ? list : [fresh, ...more]);
  };
}

/** The text behind `@Ada`, `Ada:` or `Ada,` at its start; all of it when there is nothing else. */
function withoutAddress(text: string, name: string): string {
  const start = text.trimStart();
  const mention = /^@\S+[\s,:]*/.exec(start)?.[0] ?? '';
  const isNamed =
    start.toLowerCase().startsWith(name.toLowerCase()) && /^\s*[,:]/.test(start.slice(name.length));
  const rest = isNamed ? start.slice(name.length).replace(/^[\s,:]+/, '') : start.slice(mention.length);
  return rest === '' ? text : rest;
}

/** A fact that shares a word with the message, otherwise any. */
function pickFact(prompt: DemoPrompt, last: DemoLine, pick: Pick): string | undefined {
  const topics = tellingWords(last.text).map((word) => word.toLowerCase());
  const related = prompt.facts.find((fact) => topics.some((topic) => fact.toLowerCase().includes(topic)));
  const [first, ...rest] = prompt.facts;
  if (first === undefined) return undefined;
  return excerpt(related ?? pick([first, ...rest]), 18);
}

function isNamed(name: string, text: string): boolean {
  return text.toLowerCase().includes(name.toLowerCase());
}
