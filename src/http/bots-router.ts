import { Router } from 'express';
import { botPatchBody, newBotBody } from '../protocol/bots.ts';
import { parseInput } from '../protocol/parse.ts';
import { requireCaller } from './caller.ts';
import type { HttpParts } from './parts.ts';

/** The caller's bots. */
export function botsRouter({ accounts, bots, limits }: HttpParts): Router {
  const router = Router();

  router.get('/', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    response.json({ ok: true, bots: await bots.list(user.id) });
  });

  router.post('/', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    const profile = parseInput(newBotBody, request.body);
    await limits.create(user.id);
    response.status(201).json({ ok: true, bot: await bots.create(user.id, profile) });
  });

  router.get('/:botId', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    response.json({ ok: true, bot: await bots.owned(user.id, request.params.botId) });
  });

  router.patch('/:botId', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    const patch = parseInput(botPatchBody, request.body);
    response.json({ ok: true, bot: await bots.update(user.id, request.params.botId, patch) });
  });

  router.delete('/:botId', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    await bots.remove(user.id, request.params.botId);
    response.json({ ok: true });
  });

  return router;
}
