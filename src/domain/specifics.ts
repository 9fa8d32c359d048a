/** What makes a statement checkable: numbers, versions, names, paths, words in quotation marks. */
function specificsIn(text: string): string[] {
  const plain = text.replace(/[“”"'‘’`]/g, ' ');
  const numbers = plain.match(/[\p{L}]*\d[\p{L}\d.:/_-]*/gu) ?? [];
  const paths = plain.match(/[\p{L}\d_-]+(?:[./_-][\p{L}\d_-]+)+/gu) ?? [];
  // A capital letter within a sentence, or inside a word, is a name.
  const names = [...plain.matchAll(/(?<=[\p{Ll}\d,;)]\s)\p{Lu}[\p{L}\d]+|\p{L}+\p{Ll}\p{Lu}\p{L}*/gu)].map(
    ([name]) => name,
  );
  return [...numbers, ...paths, ...names].map((word) => word.replace(/[.:/_-]+$/, ''));
}

/** The specifics of a statement that are nowhere in what it was drawn from. */
export function unsupported(statement: string, sources: readonly string[]): string[] {
  const known = sources.join(' \n ').toLowerCase();
  return [...new Set(specificsIn(statement))].filter((word) => !known.includes(word.toLowerCase()));
}

/** What a shell or a tool says when a command came to nothing. */
const failure =
  /\b(command not found|no such file or directory|permission denied|operation not permitted|cannot access|failed to connect|could not resolve host|connection refused|is not recognized as)\b|^exit(ed with)?( status| code)? [1-9]\d*$/i;

/** Whether the output of a check is only that it failed: a line or two that say so. */
export function isFailedCommand(output: string): boolean {
  const lines = output
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.length <= 2 && lines.some((line) => failure.test(line.trim()));
}

/** Whether an answer says that there is none. */
export function isNoAnswer(answer: string): boolean {
  const plain = answer
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s/]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return /^(|unknown|none|nothing|n\/?a|no idea( sorry)?|not sure|unsure|i (do not|don t|dont) know|do not know|don t know|no output|empty|null|undefined)$/.test(
    plain,
  );
}
