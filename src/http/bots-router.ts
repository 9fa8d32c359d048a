import { Router } from 'express';
import { jsonCardOf, pngCardOf } from '../cards/card-of-bot.ts';
import { botPatchBody, cardQuery, newBotBody } from '../protocol/bots.ts';
import { parseInput } from '../protocol/parse.ts';
import { requireCaller } from './caller.ts';
import { sendFile } from './files.ts';
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

  router.get('/:botId/card', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    await limits.command(user.id);
    const { format } = parseInput(cardQuery, request.query);
    const bot = await bots.owned(user.id, request.params.botId);
    const file = { name: bot.name, ending: format };
    if (format === 'png') sendFile(response, { ...file, type: 'image/png' }, pngCardOf(bot));
    else
      sendFile(
        response,
        { ...file, type: 'application/json; charset=utf-8' },
        Buffer.from(JSON.stringify(jsonCardOf(bot), null, 2)),
      );
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
