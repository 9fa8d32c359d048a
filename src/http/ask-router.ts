import { Router } from 'express';
import { requireRole } from '../domain/permissions.ts';
import { asKibitzError, KibitzError } from '../lib/errors.ts';
import { askBody } from '../protocol/ask.ts';
import { parseInput } from '../protocol/parse.ts';
import { failureOf } from '../protocol/result.ts';
import type { AskEvent } from '../turns/ask/ask.ts';
import { requireCaller } from './caller.ts';
import type { HttpParts } from './parts.ts';
import { whileAllowed } from './while-allowed.ts';

type Parts = Pick<HttpParts, 'accounts' | 'eventLog' | 'bots' | 'limits' | 'ask' | 'clock' | 'log'>;

/** Side questions to a room's library, answered to the asker alone as server-sent events. */
export function askRouter(parts: Parts): Router {
  const { accounts, eventLog, bots, limits, ask, log } = parts;
  const router = Router();

  router.post('/ask', async (request, response) => {
    const caller = await requireCaller(accounts, request);
    const { user } = caller;
    const { roomId, query, conversationId, botId, voiceWeight } = parseInput(askBody, request.body);
    await limits.create(user.id);
    const state = await eventLog.newestStateOf(roomId);
    requireRole(state, { type: 'user', id: user.id }, 'participant');
    if (botId !== undefined && !state.bots.some((bot) => bot.botId === botId)) {
      throw new KibitzError('not_found', 'There is no such bot in this room.', { field: 'botId' });
    }
    const host = botId ?? state.bots.find(({ role }) => role === 'host')?.botId;
    const bot = host === undefined ? undefined : await bots.find(host);

    const over = new AbortController();
    response.on('close', () => over.abort());
    // The client may have left before there was anybody to notice; then nobody pays for an answer.
    if (response.closed) return;
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
    const tell = ({ event, data }: AskEvent) => {
      if (!over.signal.aborted) write(event, data);
    };
    const refused = Promise.withResolvers<never>();
    const stopWatching = whileAllowed(parts, { caller, roomId, least: 'participant' }, (refusal) => {
      refused.reject(refusal);
      over.abort(refusal);
    });
    try {
      // Whatever the answer waits for, one who may not have it any more is let go at once.
      await Promise.race([ask(question, tell, over.signal), refused.promise]);
    } catch (reason) {
      if (response.closed) return;
      if (!response.headersSent) throw reason;
      log.warn({ err: reason, roomId }, 'a side question failed');
      write('error', failureOf(asKibitzError(reason)).error);
    } finally {
      stopWatching();
    }
    response.end();
  });

  return router;
}
