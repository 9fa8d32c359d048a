import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { compiled } from '../../db/query.ts';
import type { Library, SearchTier } from '../library.ts';
import { type PassageRow, type Passages, passageColumns, toPassage } from '../passages.ts';
import type { FindNear } from '../vectors/find-near.ts';
import type { Near } from '../vectors/source-vectors.ts';
import { indexedWords } from '../words.ts';
import { type Expression, toFts5, toTsquery } from './expressions.ts';
import { fuse } from './fuse.ts';
import { readQuery, type SearchQuery } from './query.ts';
import { bestTier, type Ranked, rank, withoutRepeats } from './rank.ts';
import { summaryOf } from './summary.ts';
import { createVocabulary } from './vocabulary.ts';

export const mostFound = 10;
/** Passages that the database's own ranking gives for each way of looking. */
const mostCandidates = { phrase: 40, all: 80, any: 160 } as const;

/** Passages of each ranking that are told as one. */
const mostFused = 30;

type Row = PassageRow & { heading_words: string; words: string };
type Candidate = Row & { titleWords: string; headingWords: string };
/** A passage with how its words fit; without a tier they do not. */
type Hit = Omit<Ranked<Candidate>, 'tier'> & Partial<Pick<Ranked<Candidate>, 'tier'>>;
type ByWords = { ranked: Ranked<Candidate>[]; wanted: Set<string> };

/**
 * Looks for passages: the words as they were said, all of them, any of them, and those spelled nearly so. The database finds and
 * ranks what is looked at; what is told is ranked here, the same whichever database it is. With
 * `findNear`, what means the same in other words is ranked beside it.
 */
export function createSearch(db: Database, passages: Passages, findNear?: FindNear): Library['search'] {
  const vocabulary = createVocabulary(db);

  /** Ranked by their keys alone: texts are read of those that are told. */
  function best(roomId: string, expression: Expression) {
    const most = mostCandidates[expression.kind];
    if (db.dialect === 'sqlite') {
      return sql<number>`(select rowid from library_index where library_index match ${toFts5(roomId, expression)}
        and rowid not in (select c.id from library_unpublished as u
          join library_chunks as c on c.room_id = u.room_id and c.source_id = u.source_id where u.room_id = ${roomId})
        order by bm25(library_index, 0, 4, 1), rowid limit ${most})`;
    }
    const wanted = sql`cast(${toTsquery(expression)} as tsquery)`;
    // How near words stand to one another tells much where all are there, and is slow to find where any will do.
    const rankOf = sql.raw(expression.kind === 'any' ? 'ts_rank' : 'ts_rank_cd');
    return sql<number>`(select id from library_chunks where room_id = ${roomId} and search @@ ${wanted}
        and source_id not in (select source_id from library_unpublished where room_id = ${roomId})
      order by ${rankOf}(search, ${wanted}, 1) desc, id limit ${most})`;
  }

  function find(roomId: string, expression: Expression): Promise<Row[]> {
    const query = passages
      .joined(roomId)
      .select([...passageColumns, 'c.heading_words', 'c.words'])
      .where('c.id', 'in', best(roomId, expression));
    return db.run(compiled(query));
  }

  /** What is found by words, best first, and the words looked for. */
  async function byWords(roomId: string, text: string, limit: number): Promise<ByWords> {
    const query = await readQuery(vocabulary, roomId, text);
    if (query === undefined) return { ranked: [], wanted: new Set() };
    const candidates = new Map<string, Candidate>();
    for (const expression of expressionsOf(query)) {
      for (const row of await find(roomId, expression)) candidates.set(keyOf(row), candidateOf(row));
    }
    const inOrder = [...candidates.values()].sort(
      (a, b) => compare(a.source_id, b.source_id) || a.ordinal - b.ordinal,
    );
    return {
      ranked: rank(query, inOrder, limit),
      wanted: new Set(query.terms.flatMap(({ alternatives }) => alternatives.map(({ word }) => word))),
    };
  }

  /** The passages of these places that there still are. */
  async function at(roomId: string, places: readonly Near[]): Promise<Candidate[]> {
    if (places.length === 0) return [];
    const query = passages
      .joined(roomId)
      .select([...passageColumns, 'c.heading_words', 'c.words'])
      .where((eb) =>
        eb.or(
          places.map(({ sourceId, ordinal }) =>
            eb.and([eb('c.source_id', '=', sourceId), eb('c.ordinal', '=', ordinal)]),
          ),
        ),
      );
    return (await db.run(compiled(query))).map(candidateOf);
  }

  /** Both rankings as one; where one comes to nothing, the other as it is. */
  async function together(roomId: string, ranked: readonly Hit[], near: readonly Near[]): Promise<Hit[]> {
    const hits = new Map(ranked.map((hit) => [keyOf(hit.candidate), hit]));
    const placeOf = ({ sourceId, ordinal }: Near) => keyOf({ source_id: sourceId, ordinal });
    const others = await at(
      roomId,
      near.filter((one) => !hits.has(placeOf(one))),
    );
    for (const candidate of others) hits.set(keyOf(candidate), { candidate, score: 0 });
    const fused = fuse([ranked.map(({ candidate }) => keyOf(candidate)), near.map(placeOf)]);
    return withoutRepeats(
      fused.flatMap(({ key, score }) => {
        const hit = hits.get(key);
        return hit === undefined ? [] : [{ ...hit, score }];
      }),
    );
  }

  return async (roomId, text, limit = mostFound, userId) => {
    const most = Math.min(Math.max(limit, 1), mostFound);
    // Asked first: both are looked for at the same time.
    const asked = findNear?.(roomId, text, userId);
    const { ranked, wanted } = await byWords(roomId, text, asked === undefined ? most : mostFused);
    const near = (await asked) ?? [];
    const hits = (near.length === 0 ? ranked : await together(roomId, ranked, near)).slice(0, most);
    return {
      tier: tierOf(hits),
      passages: hits.map(({ candidate, score }) => ({
        ...toPassage(candidate),
        summary: summaryOf(candidate.text, wanted),
        score: near.length === 0 ? Math.round(score * 1_000) / 1_000 : score,
      })),
    };
  };
}

const keyOf = ({ source_id, ordinal }: Pick<Row, 'source_id' | 'ordinal'>) => `${source_id} ${ordinal}`;

function candidateOf(row: Row): Candidate {
  return { ...row, titleWords: indexedWords(row.title).join(' '), headingWords: row.heading_words };
}

/** How well what was found by its words fits; `meaning` where nothing was. */
function tierOf(hits: readonly Hit[]): SearchTier {
  const tiers = hits.flatMap(({ tier }) => (tier === undefined ? [] : [{ tier }]));
  return tiers.length === 0 && hits.length > 0 ? 'meaning' : bestTier(tiers);
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
