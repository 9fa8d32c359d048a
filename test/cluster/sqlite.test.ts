import { freshSqliteUrl } from '../support/databases.ts';
import { describeSeeds, isForSqlite } from './run-seeds.ts';

describeSeeds('three processes over one SQLite file and Redis', isForSqlite, true, freshSqliteUrl);
