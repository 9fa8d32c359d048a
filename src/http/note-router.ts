import { Router } from 'express';
import { requireMember } from '../domain/permissions.ts';
import { resolutionNote } from '../domain/resolution-note.ts';
import type { RoomState } from '../domain/room-state.ts';
import { requireCaller } from './caller.ts';
import { streamFile } from './files.ts';
import type { HttpParts } from './parts.ts';

/** Notes kept: as long as nothing of what they say changes, a note is not written again. */
const mostKept = 200;

/** What a room has come to, as a text to pass on; for everybody in it. */
export function noteRouter({ accounts, eventLog, limits }: HttpParts): Router {
  const router = Router();
  const kept = new Map<string, { version: string; note: string }>();

  function noteOf(state: RoomState): string {
    const { room, stateVersion, brief, tasks } = state;
    const open = tasks.filter(({ status }) => status === 'open').map(({ taskId, text }) => [taskId, text]);
    const version = JSON.stringify([stateVersion, brief.revision, room.title, open]);
    const known = kept.get(room.id);
    if (known?.version === version) return known.note;
    const note = resolutionNote(state);
    kept.delete(room.id);
    kept.set(room.id, { version, note });
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return note;
  }

  router.get('/:roomId/note', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    await limits.command(user.id);
    const state = await eventLog.newestStateOf(request.params.roomId);
    requireMember(state, { type: 'user', id: user.id });
    const note = noteOf(state);
    const type = 'text/markdown; charset=utf-8';
    if (request.query.download === undefined) {
      response.type(type).send(note);
      return;
    }
    await streamFile(response, { name: state.room.title, ending: 'md', type }, [note]);
  });

  return router;
}
