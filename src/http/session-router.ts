import { Router } from 'express';
import { KibitzError } from '../lib/errors.ts';
import { parseInput } from '../protocol/parse.ts';
import { newSessionBody, newTokenBody } from '../protocol/session.ts';
import { clearSessionCookie, requireCaller, setSessionCookie } from './caller.ts';
import type { HttpParts } from './parts.ts';

/** Who is calling: guest sessions and tokens for scripts. */
export function sessionRouter({ accounts, info, limits, publicUrl }: HttpParts): Router {
  const router = Router();
  const isSecure = publicUrl.startsWith('https:');

  router.post('/session', async (request, response) => {
    const { name } = parseInput(newSessionBody, request.body);
    if (info.signup === 'invite') {
      throw new KibitzError('forbidden', 'This server is by invitation. Open an invite link to come in.');
    }
    await limits.enter(request.ip ?? '');
    const { user, secret } = await accounts.signUp(name);
    setSessionCookie(response, secret, isSecure);
    response.status(201).json({ ok: true, user });
  });

  router.get('/session', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    response.json({ ok: true, user });
  });

  router.delete('/session', async (request, response) => {
    const { sessionId } = await requireCaller(accounts, request);
    await accounts.signOut(sessionId);
    clearSessionCookie(response, isSecure);
    response.json({ ok: true });
  });

  router.post('/tokens', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    const { label } = parseInput(newTokenBody, request.body);
    await limits.create(user.id);
    response.status(201).json({ ok: true, token: await accounts.newToken(user.id, label) });
  });

  return router;
}
