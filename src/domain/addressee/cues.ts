/** What the words of a message tell about whom it is for. */
export type Cues = {
  isQuestion: boolean;
  /** It begins as answers do: yes, no, thanks, ok. */
  isResponse: boolean;
  /** It turns to everybody: “hi all”, “does anyone know …”. */
  isToAll: boolean;
  /** It is for a machine: “!paste”. */
  isCommand: boolean;
  /** It speaks of its author: I, my. */
  isFirstPerson: boolean;
  /** It speaks to somebody: you, your. */
  isSecondPerson: boolean;
  /** How many words it has. */
  length: number;
  /** The words that say what it is about. */
  topics: ReadonlySet<string>;
};

const asking =
  /^\W*(?:(?:so|and|but|ok|well|hi|hello|hey|also)\W+)*(?:\bany|how|what|whats|where|why|who|when|which|can|could|is|are|do|does|did|will|would|should|has|have|anyone|anybody|isnt|isn't|doesnt|doesn't)\b/i;
const responding =
  /^\W*(?:yes|yea|yeah|yep|yup|no|nope|nah|ok|okay|k|kk|thanks|thank|thx|ty|tnx|cheers|sure|true|right|exactly|correct|indeed|ah|ahh|aha|oh|i see|got it|gotcha|hmm|hm|lol|haha|heh|good|great|nice|cool|fine|sorry|np|you're welcome|your welcome|already|not|it|that|that's|thats|because|i did|i have|i am|i'm|im|tried|done|agreed)\b/i;
const all =
  /\b(?:\bany ?one|\bany ?body|some ?one|some ?body|every ?one|every ?body|guys|folks|people here|you all|y'all)\b|^\W*(?:hi|hello|hey|good (?:morning|evening|day))(?:\W+(?:all|there|room|channel|ubuntu))?\W*(?:$|[,.!])/i;
const secondPerson = /\b(?:you|your|yours|yourself|u|ur|you're|youre|you'll|you've)\b/i;

/** Words that are in messages about anything. */
const common = new Set(
  (
    'about after again also always another anyone because been before being both cant come could didnt does doesnt ' +
    'doing done dont each else even ever every find from getting give goes going good great have having help here ' +
    'inside into isnt itself just know like little look looking made make many maybe mean more most much must need ' +
    'never nothing only open other over please problem question really right same said says seem should show since ' +
    'some someone something still such sure take tell than thank thanks that thats their them then there these they ' +
    'thing think this those though tried trying under until used using very want wants well were what when where ' +
    'which while will with without wont work working works would wrong yeah your youre'
  ).split(' '),
);

export function readCues(text: string): Cues {
  const words = text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}'’._+-]*/gu) ?? [];
  const plain = words.map((word) => word.replace(/['’._+-]/g, ''));
  return {
    isQuestion: /\?(?:\W|$)/.test(text) || asking.test(text),
    isResponse: responding.test(text),
    isToAll: all.test(text),
    isCommand: /^\s*![a-z]/i.test(text),
    isFirstPerson: /\b(?:i|im|i'm|ive|i've|my|mine|me)\b/i.test(text),
    isSecondPerson: secondPerson.test(text),
    length: words.length,
    topics: new Set(plain.filter((word) => word.length >= 4 && !common.has(word)).map(stem)),
  };
}

const stem = (word: string) => word.replace(/(?:ing|ed|es|s)$/, '');

/** How much two messages are about the same, 0–1. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return shared / Math.sqrt(a.size * b.size);
}
