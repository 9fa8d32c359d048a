import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { openSqliteFile } from '../../src/db/sqlite.ts';
import type { Steps } from '../../src/db/steps.ts';

/** A SQLite database that keeps every SQL text it is asked for, and tells how it goes about each. */
export function recordedQueries() {
  const texts = new Set<string>();
  let path = '';

  function* recorded<Result>(steps: Steps<Result>): Steps<Result> {
    let step = steps.next();
    while (step.done !== true) {
      texts.add(step.value.sql);
      step = steps.next(yield step.value);
    }
    return step.value;
  }

  return {
    async open(url: string): Promise<Database> {
      path = url.replace('sqlite:', '');
      const db = await openDatabase(url);
      return {
        ...db,
        run: (query) => {
          texts.add(query.sql);
          return db.run(query);
        },
        transact: (lane, steps, landed) => db.transact(lane, () => recorded(steps()), landed),
      };
    },

    /** The steps in which SQLite goes about each query, by its text. */
    plans(): Map<string, string[]> {
      const file = openSqliteFile(path);
      const plan = (text: string): string[] => {
        const values = [...text.matchAll(/\?/g)].map(() => null);
        const steps = file.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[];
        return steps.map(({ detail }) => detail);
      };
      try {
        return new Map([...texts].map((text) => [text, plan(text)]));
      } finally {
        file.close();
      }
    },
  };
}
