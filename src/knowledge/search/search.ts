import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { compiled } from '../../db/query.ts';
import type { Library } from '../library.ts';
import { type PassageRow, type Passages, passageColumns, toPassage } from '../passages.ts';
import { indexedWords } from '../words.ts';
import { type Expression, toFts5, toTsquery } from './expressions.ts';
import { readQuery, type SearchQuery } from './query.ts';
import { bestTier, rank } from './rank.ts';
import { summaryOf } from './summary.ts';
import { createVocabulary } from './vocabulary.ts';

export const mostFound = 10;
/** Passages that the database's own ranking gives for each way of looking. */
const mostCandidates = { phrase: 40, all: 80, any: 160 } as const;

type Row = PassageRow & { heading_words: string; words: string };

/**
 * Looks for passages: the words as they were said, all of them, any of them, and those spelled nearly so. The database finds and
 * ranks what is looked at; what is told is ranked here, the same whichever database it is.
 */
export function createSearch(db: Database, passages: Passages): Library['search'] {
  const vocabulary = createVocabulary(db);

  /** Ranked by their keys alone: texts are read of those that are told. */
  function best(roomId: string, expression: Expression) {
    const most = mostCandidates[expression.kind];
    if (db.dialect === 'sqlite') {
      return sql<number>`(select rowid from library_index where library_index match ${toFts5(roomId, expression)}
        order by bm25(library_index, 0, 4, 1), rowid limit ${most})`;
    }
    const wanted = sql`cast(${toTsquery(expression)} as tsquery)`;
    // How near words stand to one another tells much where all are there, and is slow to find where any will do.
    const rankOf = sql.raw(expression.kind === 'any' ? 'ts_rank' : 'ts_rank_cd');
    return sql<number>`(select id from library_chunks where room_id = ${roomId} and search @@ ${wanted}
      order by ${rankOf}(search, ${wanted}, 1) desc, id limit ${most})`;
  }

  function find(roomId: string, expression: Expression): Promise<Row[]> {
    const query = passages
      .joined(roomId)
      .select([...passageColumns, 'c.heading_words', 'c.words'])
      .where('c.id', 'in', best(roomId, expression));
    return db.run(compiled(query));
  }

  return async (roomId, text, limit = mostFound) => {
    const query = await readQuery(vocabulary, roomId, text);
    if (query === undefined) return { tier: 'none', passages: [] };
    const candidates = new Map<string, Row & { titleWords: string; headingWords: string }>();
    for (const expression of expressionsOf(query)) {
      for (const row of await find(roomId, expression)) {
        const titleWords = indexedWords(row.title).join(' ');
        candidates.set(`${row.source_id} ${row.ordinal}`, {
          ...row,
          titleWords,
          headingWords: row.heading_words,
        });
      }
    }
    const inOrder = [...candidates.values()].sort(
      (a, b) => compare(a.source_id, b.source_id) || a.ordinal - b.ordinal,
    );
    const ranked = rank(query, inOrder, Math.min(Math.max(limit, 1), mostFound));
    const wanted = new Set(query.terms.flatMap(({ alternatives }) => alternatives.map(({ word }) => word)));
    return {
      tier: bestTier(ranked),
      passages: ranked.map(({ candidate, score }) => ({
        ...toPassage(candidate),
        summary: summaryOf(candidate.text, wanted),
        score: Math.round(score * 1_000) / 1_000,
      })),
    };
  };
}

function expressionsOf({ phrase, terms }: SearchQuery): Expression[] {
  const groups = terms.map(({ alternatives }) => alternatives.map(({ word }) => word));
  const known = groups.filter((words) => words.length > 0);
  if (known.length === 0) return [];
  return [
    ...(phrase.length > 1 ? [{ kind: 'phrase' as const, words: phrase }] : []),
    ...(known.length > 1 ? [{ kind: 'all' as const, groups: known }] : []),
    { kind: 'any', words: [...new Set(known.flat())] },
  ];
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
