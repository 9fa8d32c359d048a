import { Router } from 'express';
import { requireMember, requireRole } from '../domain/permissions.ts';
import { viewFor } from '../domain/viewing.ts';
import { KibitzError } from '../lib/errors.ts';
import { newInviteBody } from '../protocol/invites.ts';
import { parseInput } from '../protocol/parse.ts';
import { isRoomCommandName } from '../protocol/room-commands.ts';
import { eventsQuery, newRoomBody } from '../protocol/rooms.ts';
import { findCaller, requireCaller } from './caller.ts';
import { streamEvents } from './event-stream.ts';
import type { HttpParts } from './parts.ts';

/** Rooms, their invites, their events and their commands. */
export function roomsRouter(parts: HttpParts): Router {
  const { accounts, eventLog, invites, limits, publicUrl } = parts;
  const router = Router();

  router.get('/', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    response.json({ ok: true, rooms: await eventLog.roomsOf(user.id) });
  });

  router.post('/', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    const wanted = parseInput(newRoomBody, request.body);
    await limits.create(user.id);
    const { room } = await parts.createRoom(user, wanted);
    response.status(201).json({ ok: true, room });
  });

  router.get('/:roomId', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    await limits.command(user.id);
    const state = await eventLog.newestStateOf(request.params.roomId);
    const { role } = requireMember(state, { type: 'user', id: user.id });
    const { room, members, bots } = state;
    response.json({ ok: true, room, members, bots, role });
  });

  router.get('/:roomId/events', async (request, response) => {
    const caller = await requireCaller(accounts, request);
    await limits.command(caller.user.id);
    const { roomId } = request.params;
    const { after, limit } = parseInput(eventsQuery, request.query);
    if ((await eventLog.roleOf(roomId, caller.user.id)) === undefined) throw unknownRoom();
    if (request.accepts(['json', 'text/event-stream']) === 'text/event-stream') {
      const from = Number(request.headers['last-event-id'] ?? after);
      const view = async () => {
        if ((await findCaller(accounts, request)) === undefined) return undefined;
        if ((await eventLog.roleOf(roomId, caller.user.id)) === undefined) return undefined;
        // The newest: another process may have changed their role.
        return viewFor(await eventLog.newestStateOf(roomId), caller.user.id);
      };
      return streamEvents(
        { ...parts, roomId, caller, view, after: Number.isSafeInteger(from) ? from : after },
        response,
      );
    }
    const stored = await eventLog.headOf(roomId);
    if (stored === undefined) throw unknownRoom();
    const read = await eventLog.eventsAfter(roomId, after, limit);
    // Looked up after the reading, so that nothing that came after a change of role is shown by the old one.
    const events = read.map(viewFor(await eventLog.newestStateOf(roomId), caller.user.id));
    response.json({
      ok: true,
      events,
      head: Math.max(stored.head, events.at(-1)?.seq ?? 0),
      epoch: stored.epoch,
    });
  });

  router.post('/:roomId/commands/:name', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    const { roomId, name } = request.params;
    await limits.command(user.id);
    if (!isRoomCommandName(name)) throw new KibitzError('not_found', 'There is no such command.');
    const body: unknown = request.body;
    const input = typeof body === 'object' && body !== null ? { ...body, roomId } : { roomId };
    response.json({ ok: true, ...(await parts.execute(name, user.id, input)) });
  });

  /** Moderators hand out links up to their own role; a member's role is read at that moment. */
  async function requireModerator(roomId: string, userId: string) {
    return requireRole(await eventLog.newestStateOf(roomId), { type: 'user', id: userId }, 'moderator');
  }

  router.post('/:roomId/invites', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    const { roomId } = request.params;
    await requireModerator(roomId, user.id);
    const wanted = parseInput(newInviteBody, request.body);
    await limits.create(user.id);
    const { invite, token } = await invites.create(roomId, wanted);
    // The token is behind the hash, which browsers send to nobody.
    response.status(201).json({ ok: true, invite, token, url: `${publicUrl}/join#${token}` });
  });

  router.get('/:roomId/invites', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    await requireModerator(request.params.roomId, user.id);
    response.json({ ok: true, invites: await invites.list(request.params.roomId) });
  });

  router.delete('/:roomId/invites/:inviteId', async (request, response) => {
    const { user } = await requireCaller(accounts, request);
    const { roomId, inviteId } = request.params;
    await requireModerator(roomId, user.id);
    if (!(await invites.revoke(roomId, inviteId)))
      throw new KibitzError('not_found', 'There is no such invite.');
    response.json({ ok: true });
  });

  return router;
}

const unknownRoom = () => new KibitzError('not_found', 'There is no such room, or you are not in it.');
