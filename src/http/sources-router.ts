import { Router } from 'express';
import { requireMember } from '../domain/permissions.ts';
import { defaultReadLimits } from '../knowledge/file-reader.ts';
import { KibitzError } from '../lib/errors.ts';
import { parseInput } from '../protocol/parse.ts';
import { newSourceForm, sourceQuery } from '../protocol/sources.ts';
import { requireCaller } from './caller.ts';
import type { HttpParts } from './parts.ts';
import { formOverhead, readUpload } from './read-upload.ts';

/** Passages that lead up to the one somebody wants to read. */
const readBefore = 10;

/** A room's library: participants bring files in and take them out, everybody in the room reads them. */
export function sourcesRouter({ accounts, eventLog, library, sources, limits }: HttpParts): Router {
  const router = Router();

  async function requireReader(roomId: string, userId: string) {
    const state = await eventLog.newestStateOf(roomId);
    requireMember(state, { type: 'user', id: userId });
    return state;
  }

  router.get('/:roomId/sources', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    await limits.command(user.id);
    const state = await requireReader(request.params.roomId, user.id);
    response.json({ ok: true, sources: state.sources });
  });

  router.post('/:roomId/sources', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    const { roomId } = request.params;
    await limits.upload(user.id);
    await sources.requireAdding(roomId, user.id);
    const { bytes, name, fields } = await readUpload(
      request,
      response,
      defaultReadLimits.bytes + formOverhead,
    );
    const told = parseInput(newSourceForm, { ...request.query, ...fields });
    const source = await sources.add(roomId, user.id, { bytes, name, ...told });
    response.status(201).json({ ok: true, source });
  });

  router.delete('/:roomId/sources/:sourceId', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    await limits.command(user.id);
    const { roomId, sourceId } = request.params;
    await sources.remove(roomId, user.id, sourceId);
    response.json({ ok: true });
  });

  router.get('/:roomId/sources/:sourceId', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    await limits.command(user.id);
    const { roomId, sourceId } = request.params;
    const { from, around, limit } = parseInput(sourceQuery, request.query);
    const state = await requireReader(roomId, user.id);
    const source = state.sources.find((one) => one.sourceId === sourceId);
    if (source === undefined) {
      throw new KibitzError('not_found', 'There is no such source in this room.', { field: 'sourceId' });
    }
    const begin = around === undefined ? from : await placeBefore(roomId, sourceId, around);
    const passages = await library.read(roomId, sourceId, begin, limit);
    response.json({ ok: true, source, passages });
  });

  /** Where to begin so that a passage is read with what leads up to it. */
  async function placeBefore(roomId: string, sourceId: string, chunkId: string): Promise<number> {
    const shown = await library.passage(roomId, chunkId);
    if (shown === undefined || shown.passage.sourceId !== sourceId) {
      throw new KibitzError('not_found', 'There is no such passage in this room.', { field: 'around' });
    }
    return Math.max(0, shown.passage.ordinal - readBefore);
  }

  router.get('/:roomId/sources/:sourceId/passages/:chunkId', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    await limits.command(user.id);
    const { roomId, sourceId, chunkId } = request.params;
    await requireReader(roomId, user.id);
    const shown = await library.passage(roomId, chunkId);
    if (shown === undefined || shown.passage.sourceId !== sourceId)
      throw new KibitzError('not_found', 'There is no such passage in this room.');
    response.json({ ok: true, ...shown });
  });

  return router;
}
