import { createHash } from 'node:crypto';
import { checkSize } from '../cards/chat.ts';
import type { CommandOf } from '../domain/decide.ts';
import { hostFirst } from '../domain/host-first.ts';
import { knownUpTo } from '../domain/known-events.ts';
import { limits } from '../domain/limits.ts';
import { requireRole } from '../domain/permissions.ts';
import { cutTo } from '../domain/text.ts';
import { shownOf, type TranscriptMessage } from '../domain/transcript.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { CommandRequest, CommandResult } from '../eventlog/handle-command.ts';
import { readTranscript } from '../eventlog/read-transcript.ts';
import { KibitzError } from '../lib/errors.ts';
import type { NewId } from '../lib/ids.ts';

type Deps = { eventLog: EventLog; newId: NewId };
type Fork = CommandRequest & { command: CommandOf<'room.fork'> };

/**
 * Makes a room of another's timeline that belongs to who asks: with the same bots, settings and scene, every version of
 * each message, and what follows from those shown. Sent again under its command id, it is the same room.
 */
export function createRoomForker({ eventLog, newId }: Deps) {
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
      ...(origin === undefined ? {} : { origin }),
    };
    try {
      await eventLog.handle({ roomId: forkId, actor, command: { name: 'room.import', args } });
    } catch (reason) {
      // The same command, sent twice at once: the other one has made it.
      if (!(reason instanceof KibitzError && reason.code === 'conflict')) throw reason;
    }
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
