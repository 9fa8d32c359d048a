import { freshSqliteUrl } from '../support/databases.ts';
import { describeSeeds, isForSqlite } from './run-seeds.ts';

describeSeeds('[NE1] three processes over one SQLite file and Redis', isForSqlite, true, freshSqliteUrl);
