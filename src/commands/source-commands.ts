import type { Actor } from '../domain/event.ts';
import { limits } from '../domain/limits.ts';
import { requireRole } from '../domain/permissions.ts';
import type { Source } from '../domain/source.ts';
import { requireRoomForSource, requireSource } from '../domain/sources.ts';
import { cutTo, line } from '../domain/text.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { FileReader } from '../knowledge/file-reader.ts';
import type { Library } from '../knowledge/library.ts';
import type { Clock } from '../lib/clock.ts';
import type { NewId } from '../lib/ids.ts';
import type { Log } from '../lib/log.ts';
import type { NewSourceForm } from '../protocol/sources.ts';

type Deps = {
  eventLog: EventLog;
  library: Library;
  readFile: FileReader;
  clock: Clock;
  newId: NewId;
  log: Log;
};

/** A file as it was sent, with its name and what was told of it. */
export type SentSource = NewSourceForm & { bytes: Uint8Array; name: string };

/** Bringing files into a room's library and taking them out: the log and the passages in one transaction. */
export function createSourceCommands({ eventLog, library, readFile, clock, newId, log }: Deps) {
  /** Refuses before a file is read what would be refused after that. */
  async function requireAdding(roomId: string, userId: string): Promise<void> {
    const state = await eventLog.newestStateOf(roomId);
    requireRole(state, { type: 'user', id: userId }, 'participant');
    requireRoomForSource(state, 0);
  }

  /** Rows that nobody finds are no reason to refuse anything: they go later. */
  const left = (roomId: string) => (reason: unknown) => {
    log.warn({ err: reason, roomId }, 'rows of a source are left to be taken away later');
  };

  return {
    requireAdding,

    async add(roomId: string, userId: string, { bytes, name, ...told }: SentSource): Promise<Source> {
      await requireAdding(roomId, userId);
      const { chunks, format, ...file } = await readFile(bytes, name);
      const sourceId = newId();
      const author = told.author ?? fitting(file.author, limits.sourceAuthor);
      const source = {
        sourceId,
        title:
          told.title ??
          fitting(file.title, limits.title) ??
          fitting(stemOf(name), limits.title) ??
          'Untitled',
        ...(author === undefined ? {} : { author }),
        ...(told.category === undefined ? {} : { category: told.category }),
        chunks: chunks.length,
        format,
        bytes: bytes.length,
      };
      const actor: Actor = { type: 'user', id: userId };
      const addedAt = clock.now().toISOString();
      const staged = await library.stage(roomId, { ...source, addedAt }, chunks);
      try {
        await eventLog.handle({
          roomId,
          actor,
          command: { name: 'source.add', args: source },
          alongside: staged.publish,
        });
      } catch (reason) {
        await staged.drop().catch(left(roomId));
        throw reason;
      }
      return requireSource(await eventLog.stateOf(roomId), sourceId);
    },

    async remove(roomId: string, userId: string, sourceId: string): Promise<void> {
      await eventLog.handle({
        roomId,
        actor: { type: 'user', id: userId },
        command: { name: 'source.remove', args: { sourceId } },
        alongside: () => library.remove(roomId, sourceId),
      });
      await library.sweep().catch(left(roomId));
    },
  };
}

export type SourceCommands = ReturnType<typeof createSourceCommands>;

const anyLine = line(Number.POSITIVE_INFINITY);

/** A line from a file as it may be told here; undefined when there is nothing to see in it. */
function fitting(text: string | undefined, max: number): string | undefined {
  const whole = anyLine.safeParse(text).data;
  return whole === undefined ? undefined : line(max).safeParse(cutTo(max, whole)).data;
}

/** What a file is called, without its ending and the folders it was in. */
function stemOf(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return last.replace(/\.[a-z0-9]{1,10}$/i, '').replaceAll('_', ' ');
}
