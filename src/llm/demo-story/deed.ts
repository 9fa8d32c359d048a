/** What kind of thing somebody does, by its verb: that tells what may come of it. */
export type DeedKind = 'open' | 'look' | 'move' | 'touch' | 'rest' | 'voice' | 'fight' | 'other';

/** What somebody does in a story, as it is told to them: `you open the door`. */
export type Deed = { told: string; kind: DeedKind };

const verbs: Readonly<Record<Exclude<DeedKind, 'other'>, string>> = {
  fight: 'attack hit strike stab kick punch fight shoot smash break throw slap charge swing',
  open: 'open unlock unbar unbolt lift push pull pry force unlatch',
  look: 'look watch peer examine inspect read study search listen check stare glance squint count peek find',
  voice:
    'say ask shout call whisper cry yell answer tell sing knock reply mutter scream beg bang rap nod laugh',
  rest: 'sit wait stay rest sleep eat drink lie lean stand hide breathe shiver',
  move: 'go walk run follow climb step enter leave come cross descend creep sneak head move ride crawl jump turn',
  touch: 'take pick grab hold give hand offer put place touch draw light pour carry show drop feel pass set',
};
const kindOf = new Map(
  Object.entries(verbs).flatMap(([kind, list]) =>
    list.split(' ').map((verb) => [verb, kind as DeedKind] as const),
  ),
);

/** What one thinks, wants or is does nothing. */
const still =
  /^(am|was|have|had|do|did|don['’]?t|didn['’]?t|can(not|['’]?t)?|could|will|would|should|may|might|must|never|think|know|want|wish|like|love|hate|hope|guess|believe|trust|need|mean|suppose|wonder|remember|understand|agree|doubt|fear|bet|swear|see|hear)$/i;

/** As in a game of old: `look around`. */
const ordered =
  /^\s*(open|unlock|look|listen|search|examine|inspect|read|take|pick up|go|walk|follow|climb|enter|leave|sit|wait|hide|knock|run)\b(?! (on|ahead)\W*$)(?!.*\b(me|you|yourself|us|please)\b)[^,]{0,60}$/i;

const manner = /^(slowly|quickly|carefully|quietly|just|then|now|also|only)\s+/i;
const mostWords = 18;

/**
 * The deed in what a person wrote, such as `I open the door.` or `*opens the door*`; undefined where they only speak. What
 * they say meanwhile is left out.
 */
export function deedIn(text: string): Deed | undefined {
  const starred = /^\s*\*([^*]+)\*/.exec(text)?.[1];
  if (starred !== undefined) return told(starred.replace(/^I\s+/, ''), withoutS);
  const silent = text.replace(
    /[“"][^”"]*[”"],?(\s+I\s+(say|ask|shout|call|whisper|cry|yell|answer)\b,?(\s+and\b)?)?/g,
    ' I ',
  );
  for (const sentence of silent.split(/[.!?:;…\n]+/)) {
    const [, clause] = /^\s*(?:I\s+)+(\S.*)$/.exec(sentence) ?? [];
    const deed = clause === undefined ? undefined : told(clause, (verb) => verb);
    if (deed !== undefined) return deed;
  }
  return ordered.test(text) && !text.includes('?')
    ? told(text.replace(/[.!]+\s*$/, ''), (verb) => verb)
    : undefined;
}

/** `baseOf` gives a verb as it goes with `you`. */
function told(clause: string, baseOf: (verb: string) => string): Deed | undefined {
  const first = verbIn(clause);
  if (first === '' || still.test(first)) return undefined;
  const steps = clause.trim().split(/(?<=\b(?:and|then)\s)/);
  const verbs = steps.map((step) => baseOf(verbIn(step).toLowerCase()));
  const lines = steps.map((step, index) =>
    index === 0 || kindOf.has(verbs[index] ?? '') ? step.replace(verbIn(step), verbs[index] ?? '') : step,
  );
  const words = lines.join('').split(/\s+/).slice(0, mostWords).join(' ');
  const whole = words.replace(/\s*(,|—|–|-|\b(and|then|but|to|with|the|a|my))*$/i, '');
  // What they do last is what something comes of.
  const kind = verbs.map((verb) => kindOf.get(verb)).findLast((known) => known !== undefined);
  return {
    told: `you ${seenFromOutside(whole.charAt(0).toLowerCase() + whole.slice(1))}`,
    kind: kind ?? 'other',
  };
}

function verbIn(step: string): string {
  return /^[a-z’']+/i.exec(step.trim().replace(manner, ''))?.[0] ?? '';
}

/** `opens` as `open`: between asterisks people write of themselves in the third person. */
function withoutS(verb: string): string {
  const lower = verb.toLowerCase();
  if (/(ss|sh|ch|x|zz)es$/.test(lower)) return lower.slice(0, -2);
  if (/[^aeiou]ies$/.test(lower)) return `${lower.slice(0, -3)}y`;
  return /[^su]s$/.test(lower) ? lower.slice(0, -1) : lower;
}

const swaps: Readonly<Record<string, string>> = {
  i: 'you',
  me: 'you',
  my: 'your',
  mine: 'yours',
  myself: 'yourself',
  am: 'are',
};

function seenFromOutside(clause: string): string {
  return clause.replace(/\b(I|me|my|mine|myself|am)\b/gi, (word) => swaps[word.toLowerCase()] ?? word);
}
