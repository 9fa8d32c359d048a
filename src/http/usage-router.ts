import { Router } from 'express';
import { requireRole } from '../domain/permissions.ts';
import { parseInput } from '../protocol/parse.ts';
import { type UsageResult, usageQuery } from '../protocol/usage.ts';
import { requireCaller } from './caller.ts';
import type { HttpParts } from './parts.ts';

const mostCalls = 100;
const day = 24 * 3_600_000;

/** What a room's calls of models took, for those who take part in it. */
export function usageRouter({ accounts, eventLog, limits, usage, clock }: HttpParts): Router {
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
    const [totals, byModel, byUser, byPurpose, byDay, calls] = await Promise.all([
      usage.totals(of),
      usage.byModel(of),
      usage.byUser(of),
      usage.byPurpose(of),
      usage.byDay(of),
      usage.calls(of, mostCalls),
    ]);
    const result: UsageResult = { totals, byModel, byUser, byPurpose, byDay, calls };
    response.json({ ok: true, ...result });
  });

  return router;
}
