import { Router } from 'express';
import { KibitzError } from '../lib/errors.ts';
import { gone, isUsedUp } from '../people/invites.ts';
import { joinBody } from '../protocol/invites.ts';
import { parseInput } from '../protocol/parse.ts';
import { findCaller, setSessionCookie } from './caller.ts';
import type { HttpParts } from './parts.ts';

/** Entering a room by invite, with a new guest session for those who have none. */
export function joinRouter({ accounts, invites, joinRoom, limits, publicUrl }: HttpParts): Router {
  const router = Router();

  router.post('/join', async (request, response) => {
    const { token, name } = parseInput(joinBody, request.body);
    await limits.enter(request.ip ?? '');
    const caller = await findCaller(accounts, request);
    if (caller !== undefined) {
      response.json({ ok: true, ...(await joinRoom(caller.user, token)) });
      return;
    }
    const { invite } = await invites.find(token);
    if (isUsedUp(invite)) throw gone();
    if (name === undefined && invite.role !== 'spectator') {
      throw new KibitzError('invalid', 'name: choose a name to take part', { field: 'name' });
    }
    const { user, secret } = await accounts.signUp(name ?? 'Guest');
    const joined = await joinRoom(user, token);
    setSessionCookie(response, secret, publicUrl.startsWith('https:'));
    response.json({ ok: true, ...joined });
  });

  return router;
}
