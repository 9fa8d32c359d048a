import { type Request, type Response, Router } from 'express';
import { maxChatBytes } from '../cards/chat.ts';
import { profileOf } from '../cards/profile-of-card.ts';
import { cardLimits, readCard } from '../cards/read-card.ts';
import { KibitzError } from '../lib/errors.ts';
import { parseInput } from '../protocol/parse.ts';
import { importRoomBody } from '../protocol/rooms.ts';
import { requireCaller } from './caller.ts';
import type { HttpParts } from './parts.ts';
import { formOverhead, readUpload } from './read-upload.ts';

/** Files that become bots and rooms: character cards and chats. */
export function importRouter({ accounts, bots, importRoom, limits }: HttpParts): Router {
  const router = Router();

  /** Who brings a file in; asked before the file is read. */
  async function requireUploader(request: Request) {
    const { user } = await requireCaller(accounts, request);
    await limits.upload(user.id);
    return user;
  }

  router.post('/bots/import', async (request, response) => {
    const user = await requireUploader(request);
    const { bytes } = await readUpload(request, response, cardLimits.png + formOverhead);
    const bot = await bots.create(user.id, profileOf(readCard(bytes)));
    response.status(201).json({ ok: true, bot });
  });

  router.post('/rooms/import', async (request, response) => {
    const user = await requireUploader(request);
    const { room } = await importRoom(user, parseInput(importRoomBody, await chatIn(request, response)));
    response.status(201).json({ ok: true, room });
  });

  return router;
}

/** The body of an import: JSON, or the file itself with title and format beside it. */
async function chatIn(request: Request, response: Response): Promise<unknown> {
  // In JSON quotes and line breaks take twice their bytes.
  const { bytes, type, fields } = await readUpload(request, response, 2 * maxChatBytes + formOverhead);
  if (/^application\/json\b/i.test(type)) return parsed(decoded(bytes));
  const { title, format } = { ...request.query, ...fields };
  return { title, format, data: decoded(bytes) };
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new KibitzError('invalid', 'The file is not text in UTF-8.', { field: 'data' });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new KibitzError('invalid', 'The request cannot be read.');
  }
}
