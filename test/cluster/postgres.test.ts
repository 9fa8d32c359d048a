import { freshPostgresUrl, hasPostgres } from '../support/databases.ts';
import { describeSeeds, isForSqlite } from './run-seeds.ts';

describeSeeds(
  '[NE1] three processes over PostgreSQL and Redis',
  (seed) => !isForSqlite(seed),
  hasPostgres,
  freshPostgresUrl,
);
