import type { DemoLine } from './demo-prompt.ts';
import { hashOf } from './demo-random.ts';
import type { DemoRule } from './demo-rule.ts';
import { excerpt, listed, topicsOf } from './demo-words.ts';

/** What an exchange comes to for those who were there, told from what was said and how warmly. */
export const demoSettle: DemoRule = ({ lines }, background) => {
  const parties = [...background.matchAll(/^- ([\w-]+): (.+?) — a (character|person)$/gm)].map(
    ([, id = '', name = '', type]) => ({ id, name, isBot: type === 'character' }),
  );
  const words = lines.at(-1);
  if (words === undefined) return () => undefined;
  const asked = lines.findLast(({ name }) => name !== words.name);
  const warmth = lines.reduce((sum, { text }) => sum + warmthOf(text), 0);
  const memories = parties
    .filter(({ isBot }) => isBot)
    .map(({ id, name }) => ({ witnessId: id, text: memoryOf(name, words, asked) }));
  const edges = parties.flatMap((from) =>
    parties
      .filter((to) => to !== from && (isSpeaking(to.name, lines) || isSpeaking(from.name, lines)))
      .map((to) => {
        const mood = warmth < 0 ? warmth : warmth + (hashOf(`${from.name} ${to.name} ${words.text}`) % 3);
        const said = lines.filter(({ name }) => name === to.name);
        return {
          from: from.id,
          to: to.id,
          affinity: Math.max(-10, Math.min(10, mood)),
          trust: Math.max(-10, Math.min(10, said.length === 0 ? 0 : 1 + Math.sign(warmth))),
          knowledge: said.flatMap(({ text }) => toldOfSelf(to.name, text)).slice(0, 1),
          summary: `${from.name} ${mood > 1 ? 'warms to' : mood < 0 ? 'is wary of' : 'is getting to know'} ${to.name}.`,
        };
      }),
  );
  const significance = Math.min(10, 2 + Math.abs(warmth) + (words.text.length > 200 ? 2 : 0));
  return (key) => ({ significance, memories, edges })[key];
};

const isSpeaking = (name: string, lines: readonly DemoLine[]) => lines.some((line) => line.name === name);

function memoryOf(name: string, words: DemoLine, asked: DemoLine | undefined): string {
  const topics = asked === undefined ? [] : topicsOf(asked.text, 2);
  const about =
    asked === undefined || topics.length === 0 ? '' : ` when ${asked.name} spoke of ${listed(topics)}`;
  const said = excerpt(spokenIn(words.text), 18);
  return words.name === name ? `I said${about}: “${said}”.` : `I heard ${words.name} say${about}: “${said}”.`;
}

/** What is said aloud in a text with stage directions: its first quotation, or the text without what is between asterisks. */
function spokenIn(text: string): string {
  const quoted = /“([^”]{12,})”/.exec(text)?.[1];
  return quoted ?? text.replace(/\*[^*\n]+\*/g, ' ').trim();
}

function warmthOf(text: string): number {
  const kind = text.match(
    /\b(thanks?|thank you|love|great|wonderful|glad|please|friend|trust|brave|good)\b/gi,
  );
  const unkind = text.match(/\b(hate|stupid|liar|lie|angry|never|stop|wrong|fool|afraid|betray\w*)\b/gi);
  return Math.max(-3, Math.min(3, (kind?.length ?? 0) - (unkind?.length ?? 0)));
}

/** What somebody says of themselves: “I am a baker”, “my brother is ill”. */
function toldOfSelf(name: string, text: string): string[] {
  const [, verb, rest] = /\bI(?:['’]m| (am|have|come|live|work))\s+([^.,;!?\n]{3,60})/i.exec(text) ?? [];
  if (rest === undefined) return [];
  const says =
    { have: 'has', come: 'comes', live: 'lives', work: 'works' }[verb?.toLowerCase() ?? ''] ?? 'is';
  return [`${name} ${says} ${rest.trim()}`];
}
