import type { Database } from './db/database.ts';
import type { EventLog } from './eventlog/event-log.ts';
import type { Clock } from './lib/clock.ts';
import type { NewId } from './lib/ids.ts';
import type { Log } from './lib/log.ts';
import { createModel, type ModelSettings } from './llm/create-model.ts';
import type { Metrics } from './metrics.ts';
import { createBudgetedModel } from './usage/budgeted-model.ts';
import { createBudgets } from './usage/budgets.ts';
import { createMeteredModel } from './usage/metered-model.ts';
import { type CallSink, createUsageLedger } from './usage/usage-ledger.ts';

type Deps = { db: Database; eventLog: EventLog; metrics: Metrics; clock: Clock; newId: NewId; log: Log };
type Settings = ModelSettings & { dailyTokensPerRoom?: number; dailyTokensPerUser?: number };

/** The model that everything asks, with what it costs: each call is counted, written down, and within the budgets. */
export function meteredModelOf(settings: Settings, { db, eventLog, metrics, clock, newId, log }: Deps) {
  const usage = createUsageLedger({ db, newId, log });
  const serverBudget = { perRoom: settings.dailyTokensPerRoom, perUser: settings.dailyTokensPerUser };
  const budgets = createBudgets({
    db,
    ledger: usage,
    clock,
    newId,
    log,
    server: serverBudget,
    budgetOf: async (roomId, userId) => {
      const { room, members } = await eventLog.stateOf(roomId);
      return { ...room.settings.budget, name: members.find((member) => member.userId === userId)?.name };
    },
  });
  const counted: CallSink = {
    record(call) {
      metrics.countCall(call);
      usage.record(call);
    },
  };
  const metered = createModel(settings, {
    clock,
    log,
    meter: (endpoint, tier) => createMeteredModel(endpoint, counted, clock, tier),
  });
  return { model: createBudgetedModel(metered, budgets), usage, budgets, serverBudget, counted };
}
