const firstPerson: Readonly<Record<string, string>> = {
  is: 'am',
  was: 'was',
  has: 'have',
  does: 'do',
  goes: 'go',
};
const own: Readonly<Record<string, string>> = {
  her: 'my',
  his: 'my',
  their: 'my',
  herself: 'myself',
  himself: 'myself',
  themselves: 'myself',
};

/** What a persona says first of its character, as the character would say it: `Ada keeps her light.` as `I keep my light.` */
export function toldByItself(persona: string, name: string): string | undefined {
  const [first = ''] = persona.trim().split(/(?<=[.!?])\s/, 1);
  const isMe = first.startsWith(`${name} `);
  const [, verb, rest] = /^(\S+)\s+([^.!?]{3,160})/.exec(isMe ? first.slice(name.length + 1) : '') ?? [];
  if (verb === undefined || rest === undefined || !/s$/.test(verb)) return undefined;
  const spoken = firstPerson[verb] ?? verb.replace(/(?<=ss|sh|ch|x)es$/, '').replace(/s$/, '');
  return `I ${spoken} ${rest.replace(/\b(her|his|their|herself|himself|themselves)\b/g, (word) => own[word] ?? word)}.`;
}
