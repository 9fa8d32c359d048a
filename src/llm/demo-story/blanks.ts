import type { DemoPrompt } from '../demo-prompt.ts';
import type { Pick } from '../demo-random.ts';
import { capital, excerpt, topicsOf, wordCount } from '../demo-words.ts';
import { deedIn } from './deed.ts';
import { toldByItself } from './told-by-itself.ts';

/** What the blanks of a voice's phrases are filled with; undefined where the story has nothing. */
export type Blanks = Readonly<Record<string, string | undefined>>;

/** Words that a quotation may have. */
const mostQuoted = 14;

export function blanksFor(prompt: DemoPrompt, pick: Pick): Blanks {
  const { scene, others, name, lines } = prompt;
  const last = lines.at(-1) ?? { name: '', text: '' };
  const isByOther = others.includes(last.name);
  const who = lines.findLast((line) => !others.includes(line.name))?.name ?? '';
  const { text } = last;
  const spoken = unquoted(/[“"]([^”"]{3,})[”"]/.exec(text)?.[1] ?? text);
  const isQuotable = wordCount(spoken) <= mostQuoted && deedIn(text) === undefined;
  const intro = toldByItself(prompt.about, name);
  const isTold = intro !== undefined && prompt.said.includes(intro);
  return {
    me: capital(name),
    who: who === '' ? undefined : excerpt(who, 4),
    other: isByOther ? last.name : oneOf(others, pick),
    named: others.find((other) => text.toLowerCase().includes(other.toLowerCase())),
    topic: topicIn(text.match(/[^.!?…]+\?/g)?.at(-1) ?? '') ?? topicIn(text),
    quote: isQuotable ? capital(excerpt(spoken, mostQuoted)) : undefined,
    earlier: oneOf(earlierWords(prompt, who), pick),
    place: firstPart(scene?.place),
    clock: firstPart(scene?.clock),
    prop: oneOf(propsIn(prompt), pick),
    intro: isTold ? undefined : intro,
    told: isTold ? 'told' : undefined,
  };
}

function oneOf(list: readonly string[], pick: Pick): string | undefined {
  const [first, ...rest] = list;
  return first === undefined ? undefined : pick([first, ...rest]);
}

/** A thing that a text is about, such as `the door`; several, or a bare word, do not go into a sentence. */
function topicIn(text: string): string | undefined {
  return topicsOf(text.replace(/[“”"*]/g, ' '), 4).find(isOneThing);
}

/** Things there are in the scene, but for the place itself. */
function propsIn({ scene, scenario }: DemoPrompt): string[] {
  const text = `${scenario} ${scene?.title ?? ''}`.replace(/\ban? /gi, '');
  const place = scene?.place ?? '';
  return topicsOf(text, 12).filter(
    (thing) => isOneThing(thing) && /^the /i.test(thing) && !place.includes(thing.slice(4)),
  );
}

const isOneThing = (topic: string) => / /.test(topic) && !/s$/.test(topic);

/** What a person said some time before, as far as it is short and nobody said it back to them yet. */
function earlierWords({ lines, said, others }: DemoPrompt, who: string): string[] {
  return lines
    .slice(0, -3)
    .filter(({ name, text }) => name === who && wordCount(text) > 3 && !text.includes('?'))
    .filter(({ text }) => deedIn(text) === undefined && !others.some((other) => text.includes(other)))
    .map(({ text }) => excerpt(unquoted(text), 9))
    .filter((words) => !words.endsWith('…') && !said.includes(`“${words}”`));
}

const unquoted = (text: string) => text.replace(/[“”"]/g, '');
const firstPart = (text: string | undefined) => text?.split(',', 1)[0]?.trim() || undefined;
