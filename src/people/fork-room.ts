import { createHash } from 'node:crypto';
import { checkSize } from '../cards/chat.ts';
import type { Steps } from '../db/steps.ts';
import type { CarriedLibrary } from '../domain/carried-library.ts';
import type { CommandOf } from '../domain/decide.ts';
import { hostFirst } from '../domain/host-first.ts';
import { knownUpTo } from '../domain/known-events.ts';
import { limits } from '../domain/limits.ts';
import { requireRole } from '../domain/permissions.ts';
import type { RoomState } from '../domain/room-state.ts';
import { cutTo } from '../domain/text.ts';
import { shownOf, type TranscriptMessage } from '../domain/transcript.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { CommandRequest, CommandResult } from '../eventlog/handle-command.ts';
import { readTranscript } from '../eventlog/read-transcript.ts';
import { KibitzError } from '../lib/errors.ts';
import type { NewId } from '../lib/ids.ts';
import type { Log } from '../lib/log.ts';

/** Sources that were copied, by their old ids, but are found by nobody before the steps of `publish`. */
type CopiedSources = {
  sourceIds: ReadonlySet<string>;
  publish(): Steps<void>;
  drop(): Promise<void>;
};

/** Copies what sources of a room are found by into another room, under the new ids that stand beside theirs. */
export type CopySources = (
  roomId: string,
  toRoomId: string,
  ids: ReadonlyMap<string, string>,
) => Promise<CopiedSources>;

type Deps = { eventLog: EventLog; copySources: CopySources; newId: NewId; log: Log };
type Fork = CommandRequest & { command: CommandOf<'room.fork'> };

/**
 * Makes a room of another's timeline that belongs to who asks: with the same bots, settings and scene, every version of
 * each message, what follows from those shown, and the library. Sent again under its command id, it is the same room.
 */
export function createRoomForker({ eventLog, copySources, newId, log }: Deps) {
  return async function forkRoom(fork: Fork): Promise<CommandResult> {
    const first = await eventLog.handle(fork);
    if (first.room !== undefined) return first;
    const roomId = roomIdOf(fork) ?? newId();
    // There already when the process ended between making it and telling so.
    if ((await eventLog.headOf(roomId)) === undefined) await copy(fork, roomId);
    const { room } = await eventLog.newestStateOf(roomId);
    return eventLog.complete(fork, { room });
  };

  async function copy({ roomId, actor, command }: Fork, forkId: string): Promise<void> {
    const source = await eventLog.newestStateOf(roomId);
    const { name: ownerName } = requireRole(source, actor, 'participant');
    const { messageId, title } = command.args;
    const transcript = await readTranscript(eventLog, source);
    const messages = upTo(messageId, transcript.messages());
    const last = messages.at(-1);
    const lastPlace =
      messageId === undefined ? undefined : (await eventLog.findMessage(roomId, messageId))?.seq;
    const { room } = source;
    const { scenes, origin } = transcript;
    const bots = hostFirst(source.bots).map(({ botId, name }) => ({ botId, name }));
    checkSize({ messages, bots });
    const { library, copied } = await carried(source, transcript.sources, lastPlace, forkId);
    const args = {
      title: title ?? cutTo(limits.title, `Fork of ${room.title}`),
      template: room.template,
      settings: room.settings,
      ownerName,
      bots,
      scenes,
      scene: messageId === undefined || last === undefined ? transcript.scene : shownOf(last).scene,
      messages,
      consequences: transcript.consequences,
      known: knownUpTo(
        transcript.known,
        new Set(messages.map((message) => shownOf(message).messageId)),
        lastPlace,
      ),
      library,
      ...(origin === undefined ? {} : { origin }),
    };
    try {
      const command = { name: 'room.import' as const, args };
      await eventLog.handle({ roomId: forkId, actor, command, alongside: copied?.publish });
    } catch (reason) {
      await copied?.drop().catch((left: unknown) => {
        log.warn({ err: left, roomId: forkId }, 'rows of a fork’s library are left to be taken away later');
      });
      // The same command, sent twice at once: the other one has made it.
      if (!(reason instanceof KibitzError && reason.code === 'conflict')) throw reason;
    }
  }

  /**
   * The library as the fork gets it: what had come in where the last message stands, and is still there. Each try copies under ids of its
   * own, so that none waits for another's rows.
   */
  async function carried(
    { room, sources, numbering }: RoomState,
    cameWith: ReadonlyMap<string, number>,
    lastPlace: number | undefined,
    forkId: string,
  ): Promise<{ library: CarriedLibrary; copied?: CopiedSources }> {
    const wanted = sources.filter(
      ({ sourceId }) => lastPlace === undefined || (cameWith.get(sourceId) ?? 0) <= lastPlace,
    );
    if (wanted.length === 0) return { library: { sources: [], numbering } };
    const ids = new Map(wanted.map(({ sourceId }) => [sourceId, newId()]));
    const copied = await copySources(room.id, forkId, ids);
    const there = wanted.flatMap(({ at: _at, sourceId, ...told }) => {
      const id = copied.sourceIds.has(sourceId) ? ids.get(sourceId) : undefined;
      return id === undefined ? [] : [{ ...told, sourceId: id, from: sourceId }];
    });
    return { library: { sources: there, numbering }, copied };
  }
}

export type ForkRoom = ReturnType<typeof createRoomForker>;

/** The id of the room that a command makes: the same for the same command, so that it can be made once only. */
function roomIdOf({ roomId, actor, commandId, command }: Fork): string | undefined {
  if (commandId === undefined) return undefined;
  const { messageId, title } = command.args;
  const named = JSON.stringify([roomId, actor.id, commandId, messageId, title]);
  return createHash('sha256').update(named).digest('base64url').slice(0, 22);
}

function upTo(messageId: string | undefined, messages: TranscriptMessage[]): TranscriptMessage[] {
  if (messageId === undefined) return messages;
  const index = messages.findIndex((message) => shownOf(message).messageId === messageId);
  if (index < 0) throw new KibitzError('conflict', 'This message has changed in the meantime.');
  return messages.slice(0, index + 1);
}
