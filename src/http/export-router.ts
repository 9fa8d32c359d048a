import { Router } from 'express';
import { logHeader } from '../cards/room-log.ts';
import { markdownParts } from '../cards/write-markdown.ts';
import { sillyTavernLines } from '../cards/write-sillytavern.ts';
import { isKnown, type LoggedEvent } from '../domain/event.ts';
import { requireMember } from '../domain/permissions.ts';
import type { RoomState } from '../domain/room-state.ts';
import { Transcript } from '../domain/transcript.ts';
import { viewFor } from '../domain/viewing.ts';
import { parseInput } from '../protocol/parse.ts';
import { exportQuery } from '../protocol/rooms.ts';
import { requireCaller } from './caller.ts';
import { streamFile } from './files.ts';
import type { HttpParts } from './parts.ts';

/** Events read at once. */
const pageSize = 500;
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
    const { transcript, origin } = await transcriptOf(state);
    if (format === 'sillytavern') {
      const parts = written(sillyTavernLines(state, origin, transcript.messages()));
      return streamFile(response, { name, ending: 'jsonl', type: lines }, parts);
    }
    const parts = separated(markdownParts(state, transcript.messages()));
    return streamFile(response, { name, ending: 'md', type: 'text/markdown; charset=utf-8' }, parts);
  });

  return router;

  /** The events up to where the state stands, whatever is appended meanwhile. */
  async function* eventsUpTo({ room, seq }: RoomState): AsyncGenerator<LoggedEvent> {
    for (let after = 0; after < seq; ) {
      const events = await eventLog.eventsAfter(room.id, after, Math.min(pageSize, seq - after));
      if (events.length === 0) return;
      yield* events;
      after = events.at(-1)?.seq ?? seq;
    }
  }

  async function* logLines(
    state: RoomState,
    view: (event: LoggedEvent) => LoggedEvent,
  ): AsyncGenerator<string> {
    yield `${JSON.stringify(logHeader(state, clock.now().toISOString()))}\n`;
    for await (const event of eventsUpTo(state)) {
      yield `${JSON.stringify(view(event))}\n`;
    }
  }

  async function transcriptOf(state: RoomState) {
    const transcript = new Transcript();
    let origin: Record<string, unknown> | undefined;
    for await (const event of eventsUpTo(state)) {
      transcript.take(event);
      if (isKnown(event) && event.kind === 'room.created') origin = event.data.origin;
    }
    return { transcript, origin };
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
