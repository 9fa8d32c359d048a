import type { Database } from '../../src/db/database.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import type { RoomBudget, ServerBudget } from '../../src/usage/budget-limits.ts';
import { createBudgets } from '../../src/usage/budgets.ts';
import { createUsageLedger } from '../../src/usage/usage-ledger.ts';
import { createRecordedLog } from './silent-log.ts';

type Given = {
  server?: ServerBudget;
  budgetOf?: (roomId: string, userId: string | undefined) => Promise<RoomBudget>;
  clock?: Clock;
};

/** The ledger and the budgets of one process on a database. */
export function budgetsOn(
  db: Database,
  { server = {}, budgetOf = async () => ({}), clock = systemClock }: Given,
) {
  const log = createRecordedLog();
  const ledger = createUsageLedger({ db, newId: randomId, log });
  const budgets = createBudgets({ db, ledger, clock, newId: randomId, log, server, budgetOf });
  return { ledger, budgets, log, settled: () => Promise.all([ledger.settled(), budgets.settled()]) };
}
