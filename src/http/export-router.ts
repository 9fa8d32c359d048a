import { Router } from 'express';
import { logHeader } from '../cards/room-log.ts';
import { markdownParts } from '../cards/write-markdown.ts';
import { sillyTavernLines } from '../cards/write-sillytavern.ts';
import type { LoggedEvent } from '../domain/event.ts';
import { requireMember } from '../domain/permissions.ts';
import type { RoomState } from '../domain/room-state.ts';
import { viewFor } from '../domain/viewing.ts';
import { readTranscript } from '../eventlog/read-transcript.ts';
import { parseInput } from '../protocol/parse.ts';
import { exportQuery } from '../protocol/rooms.ts';
import { requireCaller } from './caller.ts';
import { streamFile } from './files.ts';
import type { HttpParts } from './parts.ts';

const lines = 'application/x-ndjson; charset=utf-8';

/** A room as a file, for everybody in it: what they see. */
export function exportRouter({ accounts, eventLog, limits, clock }: HttpParts): Router {
  const router = Router();

  router.get('/:roomId/export', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    await limits.command(user.id);
    const { format } = parseInput(exportQuery, request.query);
    const state = await eventLog.newestStateOf(request.params.roomId);
    requireMember(state, { type: 'user', id: user.id });
    const name = state.room.title;
    if (format === 'jsonl') {
      const parts = logLines(state, viewFor(state, user.id));
      return streamFile(response, { name, ending: 'kibitz.jsonl', type: lines }, parts);
    }
    const transcript = await readTranscript(eventLog, state);
    if (format === 'sillytavern') {
      const parts = written(sillyTavernLines(state, transcript.origin, transcript.messages()));
      return streamFile(response, { name, ending: 'jsonl', type: lines }, parts);
    }
    const parts = separated(markdownParts(state, transcript.messages()));
    return streamFile(response, { name, ending: 'md', type: 'text/markdown; charset=utf-8' }, parts);
  });

  return router;

  async function* logLines(
    state: RoomState,
    view: (event: LoggedEvent) => LoggedEvent,
  ): AsyncGenerator<string> {
    yield `${JSON.stringify(logHeader(state, clock.now().toISOString()))}\n`;
    for await (const event of eventLog.eventsUpTo(state.room.id, state.seq)) {
      yield `${JSON.stringify(view(event))}\n`;
    }
  }
}

function* written(values: Iterable<object>): Generator<string> {
  for (const value of values) yield `${JSON.stringify(value)}\n`;
}

function* separated(parts: Iterable<string>): Generator<string> {
  let isFirst = true;
  for (const part of parts) {
    yield isFirst ? part : `\n${part}`;
    isFirst = false;
  }
}
