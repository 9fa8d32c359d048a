import { setTimeout as pause } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { z } from 'zod';
import type { LoggedEvent } from '../../src/domain/event.ts';
import { failureSchema } from '../../src/protocol/result.ts';
import { roomJoinResult } from '../../src/protocol/room-join.ts';
import { serverEvents } from '../../src/protocol/server-events.ts';
import { ServerError, Unreachable } from './server-error.ts';

/** Milliseconds an ack may take before the command is sent again. */
const ackWithin = 15_000;
const maxTries = 20;

export type Posted = { messageId: string; seq: number };
const postedSchema = z.object({ messageId: z.string(), seq: z.int().positive() });

export type NewMessage = { commandId: string; text: string; replyTo?: string | undefined };

/** One tab of one person, in one room. */
export type RoomSocket = {
  /** Resolves when the server has it durably. Sent again under its id until it has. */
  post(message: NewMessage): Promise<Posted>;
  close(): void;
};

type Options = {
  url: string;
  cookie: string;
  roomId: string;
  signal: AbortSignal;
  /** Hears the room's events, those missed while it was away included, each once and in order. */
  onEvent?: (event: LoggedEvent) => void;
};

/** Connects, shows the room and stays there: after a lost connection it comes back and catches up. */
export async function openRoomSocket({ url, cookie, roomId, signal, onEvent }: Options): Promise<RoomSocket> {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie },
    reconnectionDelayMax: 2_000,
  });
  const leave = () => void socket.disconnect();
  signal.addEventListener('abort', leave);
  let seq = 0;
  let epoch: string | undefined;
  /** Events that came ahead of those before them. */
  const early = new Map<number, LoggedEvent>();

  /** An answer as `schema` says; asked again while the server is away or too busy. */
  async function ask<T>(name: string, args: object, schema: z.ZodType<T>): Promise<T> {
    let lastReason = 'no answer';
    for (let tries = 0; tries < maxTries; tries += 1) {
      signal.throwIfAborted();
      const answer: unknown = await answerTo(name, args);
      const failure = failureSchema.safeParse(answer);
      if (!failure.success && answer !== undefined) return schema.parse(answer);
      const error = failure.data?.error;
      if (error !== undefined && error.code !== 'rate_limited' && error.code !== 'unavailable') {
        throw new ServerError(name, error);
      }
      lastReason = error?.message ?? lastReason;
      await pause((error?.retryAfter ?? 0.5) * 1_000, undefined, { signal });
    }
    throw new Unreachable(`the server at ${url} did not take ${name}: ${lastReason}`);
  }

  /** Undefined: no answer in time, or none before the connection was lost. */
  async function answerTo(name: string, args: object): Promise<unknown> {
    const asked: Promise<unknown> = socket.timeout(ackWithin).emitWithAck(name, { roomId, ...args });
    return asked.catch(() => undefined);
  }

  function take(events: readonly LoggedEvent[]): void {
    for (const event of events) if (event.seq > seq) early.set(event.seq, event);
    for (let next = early.get(seq + 1); next !== undefined; next = early.get(seq + 1)) {
      seq = next.seq;
      early.delete(seq);
      onEvent?.(next);
    }
  }

  async function show(): Promise<void> {
    const position = epoch === undefined ? {} : { after: seq, epoch };
    const joined = await ask('room.join', position, roomJoinResult);
    epoch = joined.epoch;
    if (joined.snapshot !== null) seq = Math.max(seq, joined.head);
    take(joined.events);
  }

  if (onEvent !== undefined) {
    for (const name of ['append', 'replace'] as const) {
      socket.on(name, (payload: unknown) => {
        take([serverEvents[name].parse(payload).event]);
      });
    }
  }
  await connected(socket, url, signal);
  await show();
  // A tab that cannot come back is found out by its next command.
  socket.on('connect', () => void show().catch(() => {}));

  return {
    post: ({ replyTo, ...message }) =>
      ask('message.post', { ...message, ...(replyTo === undefined ? {} : { replyTo }) }, postedSchema),
    close: () => {
      signal.removeEventListener('abort', leave);
      socket.disconnect();
    },
  };
}

function connected(socket: ReturnType<typeof io>, url: string, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const refuse = (reason: Error) => {
    // While the socket is active it tries again by itself.
    if (!socket.active) reject(new Unreachable(`the server at ${url} refuses sockets: ${reason.message}`));
  };
  const giveUp = setTimeout(() => reject(new Unreachable(`no socket to ${url} within 20 s`)), 20_000);
  socket.once('connect', resolve).on('connect_error', refuse);
  return Promise.race([promise, aborted(signal)])
    .catch((reason: unknown) => {
      socket.disconnect();
      throw reason;
    })
    .finally(() => {
      clearTimeout(giveUp);
      socket.off('connect_error', refuse);
    });
}

/** Rejects when the signal is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
