import { Router } from 'express';
import { requireRole } from '../domain/permissions.ts';
import { asKibitzError, KibitzError } from '../lib/errors.ts';
import { askBody } from '../protocol/ask.ts';
import { parseInput } from '../protocol/parse.ts';
import { failureOf } from '../protocol/result.ts';
import { requireCaller } from './caller.ts';
import type { HttpParts } from './parts.ts';

/** Side questions to a room's library, answered to the asker alone as server-sent events. */
export function askRouter({ accounts, eventLog, bots, limits, ask, log }: HttpParts): Router {
  const router = Router();

  router.post('/ask', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    const { roomId, query, conversationId, botId, voiceWeight } = parseInput(askBody, request.body);
    await limits.create(user.id);
    const state = await eventLog.newestStateOf(roomId);
    requireRole(state, { type: 'user', id: user.id }, 'participant');
    if (botId !== undefined && !state.bots.some((bot) => bot.botId === botId)) {
      throw new KibitzError('not_found', 'There is no such bot in this room.', { field: 'botId' });
    }
    const host = botId ?? state.bots.find(({ role }) => role === 'host')?.botId;
    const bot = host === undefined ? undefined : await bots.find(host);

    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const write = (event: string, data: unknown) => {
      // Begun with the first event, so that what is refused before it has its own status.
      if (!response.headersSent) {
        response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      }
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    const question = {
      state,
      userId: user.id,
      query,
      conversationId,
      bot,
      voiceWeight: voiceWeight ?? state.room.settings.voiceWeight,
    };
    try {
      await ask(question, ({ event, data }) => write(event, data), gone.signal);
    } catch (reason) {
      if (gone.signal.aborted) return;
      if (!response.headersSent) throw reason;
      log.warn({ err: reason, roomId }, 'a side question failed');
      write('error', failureOf(asKibitzError(reason)).error);
    }
    response.end();
  });

  return router;
}
