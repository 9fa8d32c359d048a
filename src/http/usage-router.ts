import { Router } from 'express';
import { requireRole } from '../domain/permissions.ts';
import { parseInput } from '../protocol/parse.ts';
import { type UsageResult, usageQuery } from '../protocol/usage.ts';
import { dayOf } from '../usage/subjects.ts';
import type { LedgerCall } from '../usage/usage-call.ts';
import { requireCaller } from './caller.ts';
import type { HttpParts } from './parts.ts';
import { usageToday } from './usage-today.ts';

const mostCalls = 100;
const day = 24 * 3_600_000;

/** What a room's calls of models took, for those who take part in it. */
export function usageRouter({ accounts, eventLog, limits, usage, serverBudget, clock }: HttpParts): Router {
  const router = Router();

  router.get('/:roomId/usage', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    await limits.command(user.id);
    const { roomId } = request.params;
    const { days } = parseInput(usageQuery, request.query);
    const state = await eventLog.newestStateOf(roomId);
    requireRole(state, { type: 'user', id: user.id }, 'participant');
    const today = Math.floor(clock.now().getTime() / day);
    const of = { roomId, since: new Date((today - days + 1) * day).toISOString() };
    const [totals, byModel, byUser, byPurpose, byDay, calls, names] = await Promise.all([
      usage.totals(of),
      usage.byModel(of),
      usage.byUser(of),
      usage.byPurpose(of),
      usage.byDay(of),
      usage.calls(of, mostCalls),
      eventLog.namesIn(roomId),
    ]);
    const result: UsageResult = {
      totals,
      byModel,
      byUser: byUser.map((sum) => ({ ...sum, ...named(names, sum.userId) })),
      byPurpose,
      byDay,
      calls,
      bots: botsOf(calls, names),
      title: state.room.title,
      today: await usageToday({
        usage,
        serverBudget,
        state,
        names,
        userId: user.id,
        day: dayOf(clock.now().toISOString()),
      }),
    };
    response.json({ ok: true, ...result });
  });

  return router;
}

type Names = ReadonlyMap<string, string>;

function named(names: Names, id: string | null): { name?: string } {
  const name = id === null ? undefined : names.get(id);
  return name === undefined ? {} : { name };
}

function botsOf(calls: readonly LedgerCall[], names: Names): { botId: string; name: string }[] {
  const ids = new Set(calls.flatMap(({ botId }) => (botId === null ? [] : [botId])));
  return [...ids].flatMap((botId) => {
    const name = names.get(botId);
    return name === undefined ? [] : [{ botId, name }];
  });
}
