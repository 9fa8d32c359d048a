import { Router } from 'express';
import { requireMember } from '../domain/permissions.ts';
import { KibitzError } from '../lib/errors.ts';
import { requireCaller } from './caller.ts';
import type { HttpParts } from './parts.ts';

/** What the bots of a room look like, for everybody in it. */
export function avatarsRouter({ accounts, bots, eventLog, limits }: HttpParts): Router {
  const router = Router();

  router.get('/:roomId/bots/:botId/avatar', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    await limits.command(user.id);
    const { roomId, botId } = request.params;
    const state = await eventLog.newestStateOf(roomId);
    requireMember(state, { type: 'user', id: user.id });
    if (!state.bots.some((bot) => bot.botId === botId)) {
      throw new KibitzError('not_found', 'There is no such bot in this room.');
    }
    const avatar = (await bots.find(botId))?.avatar;
    response.setHeader('Cache-Control', 'private, max-age=300');
    // A bot without a picture is nothing that went wrong.
    if (avatar === undefined) return void response.status(204).end();
    const [head = '', base64 = ''] = avatar.split(',');
    response.type(head.slice('data:'.length, -';base64'.length)).send(Buffer.from(base64, 'base64'));
  });

  return router;
}
