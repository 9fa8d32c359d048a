import { isFile, localTarget, packageOf, type SourceFile, withoutStrings } from './source-files.ts';

/** Which parts a part of the repository may import besides itself. The files of `src/` itself may import all. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  'src/lib': [],
  'src/domain': ['src/lib'],
  'src/protocol': ['src/domain', 'src/lib'],
  'src/db': ['src/lib'],
  'src/redis': ['src/lib'],
  'src/eventlog': ['src/domain', 'src/db', 'src/lib'],
  'src/llm': ['src/lib'],
  'src/knowledge': ['src/db', 'src/domain', 'src/lib'],
  'src/usage': ['src/db', 'src/llm', 'src/domain', 'src/lib'],
  'src/cards': ['src/domain', 'src/lib'],
  'src/people': ['src/domain', 'src/protocol', 'src/cards', 'src/db', 'src/eventlog', 'src/lib'],
  'src/turns': ['src/domain', 'src/eventlog', 'src/llm', 'src/knowledge', 'src/redis', 'src/lib'],
  'src/commands': [
    'src/domain',
    'src/protocol',
    'src/eventlog',
    'src/knowledge',
    'src/people',
    'src/turns',
    'src/lib',
  ],
  'src/gateway': [
    'src/protocol',
    'src/domain',
    'src/commands',
    'src/people',
    'src/turns',
    'src/eventlog',
    'src/redis',
    'src/lib',
  ],
  'src/http': [
    'src/protocol',
    'src/domain',
    'src/cards',
    'src/commands',
    'src/people',
    'src/turns',
    'src/eventlog',
    'src/usage',
    'src/knowledge',
    'src/lib',
  ],
  client: ['src/protocol', 'src/domain', 'src/lib'],
  migrations: [],
};

/** Packages that only some parts may import. */
const packageOwners: Readonly<Record<string, readonly string[]>> = {
  kysely: ['src/db', 'src/eventlog', 'src/knowledge', 'src/usage', 'migrations'],
  'better-sqlite3': ['src/db', 'src/eventlog', 'src/knowledge'],
  redis: ['src/redis'],
  '@socket.io/redis-adapter': ['src/gateway'],
  pg: ['src/db', 'src/eventlog', 'src/knowledge'],
};

/** Parts that run in the browser too, with the packages each may import. */
const packagesOf: Readonly<Record<string, readonly string[]>> = {
  'src/lib': [],
  'src/domain': ['zod'],
  'src/protocol': ['zod'],
};

/** `src/domain` of `src/domain/commands/x.ts`, `src` of `src/app.ts`, `client` of `client/src/x.tsx`. */
export function partOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'src' && !second.includes('.') ? `${top}/${second}` : top;
}

type Rule = (file: SourceFile) => string[];

/** Each local import follows an arrow, and each part of `src` has its arrows. */
export const followsTheArrows: Rule = (file) => {
  const part = partOf(file.path);
  if (part === 'src') return leavesSrc(file);
  const allowed = arrows[part];
  if (allowed === undefined) return [`${file.path}: ${part} has no arrows; add it to the table`];
  return file.imports.flatMap((imported) => {
    const target = localTarget(file.path, imported);
    if (target === undefined) return [];
    const to = partOf(target);
    return to === part || allowed.includes(to) ? [] : [`${file.path}: ${part} → ${to} (${imported})`];
  });
};

const leavesSrc: Rule = (file) =>
  file.imports.flatMap((imported) => {
    const target = localTarget(file.path, imported);
    return target === undefined || target.startsWith('src/') ? [] : [`${file.path}: src → ${partOf(target)}`];
  });

export const usesItsPackages: Rule = (file) => {
  const part = partOf(file.path);
  return file.imports
    .filter((imported) => !imported.startsWith('.'))
    .flatMap((imported) => {
      const name = packageOf(imported);
      const owners = packageOwners[name];
      const own = packagesOf[part];
      const refused = (owners !== undefined && !owners.includes(part)) || (own && !own.includes(name));
      return refused ? [`${file.path}: ${part} → ${name}`] : [];
    });
};

/** A local import names the file it means, with its ending. */
export const namesItsFiles: Rule = (file) =>
  file.imports.flatMap((imported) => {
    const target = localTarget(file.path, imported);
    if (target === undefined) return [];
    const isNamed = /\.(tsx?|css|json|svg)$/.test(target) && isFile(target);
    return isNamed ? [] : [`${file.path}: '${imported}' is not the name of a .ts or .tsx file`];
  });

const wantsDefault = /(^|\/)(vite|vitest)\.config\.ts$/;

export const hasNoDefaultExport: Rule = (file) => {
  const code = withoutStrings(file.code);
  const found = /\bexport\s+default\b|\bas\s+default\s*[,}]/.test(code) && !wantsDefault.test(file.path);
  return found ? [`${file.path}: default export`] : [];
};

const anyType = /(?:[:<,|&=]|=>|\bas|\bextends)\s*any\b(?!\s*(?:[(:.]|=>))|\bz\s*\.\s*any\(/;

export const hasNoAny: Rule = (file) => {
  const found = anyType.exec(withoutStrings(file.code));
  return found === null ? [] : [`${file.path}: ${found[0].trim()}`];
};
