/** What is looked for: words in a row, all of some groups, or any word. A group is a word and what may stand for it. */
export type Expression =
  | { kind: 'phrase'; words: readonly string[] }
  | { kind: 'all'; groups: readonly (readonly string[])[] }
  | { kind: 'any'; words: readonly string[] };

/** In the words of FTS5. Each word is a string: nothing in it is syntax. */
export function toFts5(roomId: string, expression: Expression): string {
  const string = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const any = (words: readonly string[]) => `(${words.map(string).join(' OR ')})`;
  const inner = (() => {
    switch (expression.kind) {
      case 'phrase':
        return string(expression.words.join(' '));
      case 'all':
        return expression.groups.map(any).join(' AND ');
      case 'any':
        return any(expression.words);
    }
  })();
  return `room_id : ${string(roomId)} AND {heading_words words} : (${inner})`;
}

/** As PostgreSQL reads a `tsquery`. Each word is quoted: nothing in it is syntax. */
export function toTsquery(expression: Expression): string {
  switch (expression.kind) {
    case 'phrase':
      return expression.words.map(quoted).join(' <-> ');
    case 'all':
      return expression.groups.map((words) => `(${words.map(quoted).join(' | ')})`).join(' & ');
    case 'any':
      return expression.words.map(quoted).join(' | ');
  }
}

/** A passage's words as PostgreSQL reads a `tsvector`: each with its places, those of the heading weighing more. */
export function searchVector(headingWords: string, words: string): string {
  const places = new Map<string, string[]>();
  const put = (text: string, from: number, weight: string): number => {
    const all = text === '' ? [] : text.split(' ');
    all.forEach((word, index) => {
      const known = places.get(word);
      const place = `${from + index}${weight}`;
      if (known === undefined) places.set(word, [place]);
      else known.push(place);
    });
    return from + all.length;
  };
  // A place is left free between them: no phrase begins in the heading and ends in the text.
  put(words, put(headingWords, 1, 'A') + 1, '');
  return [...places].map(([word, at]) => `${quoted(word)}:${at.join(',')}`).join(' ');
}

function quoted(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
