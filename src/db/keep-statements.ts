import type BetterSqlite from 'better-sqlite3';

/**
 * The statements of a SQLite file by their text, each prepared once as long as it is among the `most` that were used last:
 * a list makes another text of each length it has.
 */
export function keepStatements(
  file: BetterSqlite.Database,
  most: number,
): (text: string) => BetterSqlite.Statement {
  const kept = new Map<string, BetterSqlite.Statement>();

  function forgetOldest(): void {
    const [oldest] = kept.keys();
    if (oldest !== undefined) kept.delete(oldest);
  }

  return (text) => {
    const statement = kept.get(text) ?? file.prepare(text);
    kept.delete(text);
    kept.set(text, statement);
    if (kept.size > most) forgetOldest();
    return statement;
  };
}
