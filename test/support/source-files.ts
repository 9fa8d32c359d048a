import { existsSync, globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A file of the repository; `path` is relative to its root, `code` has no comments. */
export type SourceFile = { path: string; code: string; imports: readonly string[] };

/** Every TypeScript file below these folders; of the root itself (`.`) only those at its top. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders
    .flatMap((folder) => globSync(folder === '.' ? '*.ts' : `${folder}/**/*.{ts,tsx}`, { cwd: root }))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/(^|\/)(node_modules|dist)\//.test(path))
    .sort()
    .map((path) => sourceFile(path, readFileSync(posix.join(root, path), 'utf8')));
}

export function sourceFile(path: string, text: string): SourceFile {
  const code = withoutComments(text);
  return { path, code, imports: importsOf(code) };
}

const literal = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/;
const literalOrComment = new RegExp(`(${literal.source})|/\\*[^]*?\\*/|//[^\\n]*`, 'g');

function withoutComments(text: string): string {
  return text.replace(literalOrComment, (_, kept: string | undefined) => kept ?? ' ');
}

/** The code with every string empty, for rules about words. */
export function withoutStrings(code: string): string {
  return code.replace(new RegExp(literal, 'g'), "''");
}

const specifier = /(?:\bfrom|\bimport\s*\(|(?:^|[;\n])\s*import)\s*#(\d+)#/g;

/** Strings are numbered first, so that a text that looks like an import is none. */
function importsOf(code: string): string[] {
  const strings: string[] = [];
  const numbered = code.replace(new RegExp(literal, 'g'), (text) => `#${strings.push(text) - 1}#`);
  return [...numbered.matchAll(specifier)].map((match) => strings[Number(match[1])]?.slice(1, -1) ?? '');
}

/** The path a local import leads to, from the root; undefined for a package. */
export function localTarget(from: string, imported: string): string | undefined {
  if (!imported.startsWith('.')) return undefined;
  return posix.join(posix.dirname(from), imported.replace(/\?.*$/, ''));
}

export function isFile(path: string): boolean {
  return existsSync(posix.join(root, path));
}

/** The name a package import is installed by: `pg`, `@scope/name`, `node:fs`. */
export function packageOf(imported: string): string {
  return imported
    .split('/')
    .slice(0, imported.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The paths of an import cycle, first and last the same, or undefined. */
export function findCycle(files: readonly SourceFile[]): string[] | undefined {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    const file = byPath.get(path);
    if (file === undefined || done.has(path)) return undefined;
    for (const imported of file.imports) {
      const target = localTarget(path, imported);
      const cycle = target === undefined ? undefined : visit(target, [...trail, path]);
      if (cycle !== undefined) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const file of files) {
    const cycle = visit(file.path, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
