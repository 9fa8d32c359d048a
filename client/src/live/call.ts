import { z } from 'zod';
import { failureSchema, type Result } from '../../../src/protocol/result.ts';
import { roomHistoryResult } from '../../../src/protocol/room-history.ts';
import { roomJoinResult } from '../../../src/protocol/room-join.ts';
import type { ClientToServerEvents } from '../../../src/protocol/socket.ts';
import type { LiveSocket } from './socket.ts';

export type CallName = keyof ClientToServerEvents;
export type CallArgs<K extends CallName> = Parameters<ClientToServerEvents[K]>[0];

/** What a call's ack says beside `ok`, by name; room commands have ids and `seq`, a fork its room. */
const commandResult = z.object({
  seq: z.number().optional(),
  messageId: z.string().optional(),
  turnId: z.string().optional(),
  room: z.object({ id: z.string() }).optional(),
  factId: z.string().optional(),
  taskId: z.string().optional(),
  draft: z.object({ text: z.string(), summary: z.string() }).optional(),
  skipped: z.array(z.looseObject({ reason: z.string().optional() })).optional(),
});
const resultSchemas = {
  'room.join': roomJoinResult,
  'room.sync': roomJoinResult,
  'room.history': roomHistoryResult,
} as const;

type Results = { [K in keyof typeof resultSchemas]: z.output<(typeof resultSchemas)[K]> };
export type CallResult<K extends CallName> = K extends keyof Results
  ? Results[K]
  : z.output<typeof commandResult>;

/** `lost`: no answer came, so that nobody here knows whether it was done. Repeating it with its `commandId` is safe. */
export type Answer<T extends object> = Result<T> | { ok: 'lost' };

export type Call = <K extends CallName>(name: K, args: CallArgs<K>) => Promise<Answer<CallResult<K>>>;

const answerWithinMs = 12_000;
/** What a model has to write first. */
const modelWithinMs = 90_000;
const asksModel: ReadonlySet<CallName> = new Set(['fact.draft', 'fact.promote']);

function parseAnswer<K extends CallName>(name: K, raw: unknown): Result<CallResult<K>> {
  const failure = failureSchema.safeParse(raw);
  if (failure.success) return failure.data;
  const schema = name in resultSchemas ? resultSchemas[name as keyof Results] : commandResult;
  return { ok: true, ...(schema.parse(raw) as CallResult<K>) };
}

/** Calls over a socket, each with a limit on how long its answer may take. */
export function callsOver(socket: LiveSocket): Call {
  // Socket.IO cannot type an event name that is a type parameter.
  type Emitter = { emitWithAck(name: string, args: unknown): Promise<unknown> };
  return async (name, args) => {
    if (!socket.connected) return { ok: 'lost' };
    let raw: unknown;
    try {
      const within = asksModel.has(name) ? modelWithinMs : answerWithinMs;
      raw = await (socket.timeout(within) as unknown as Emitter).emitWithAck(name, args);
    } catch {
      return { ok: 'lost' };
    }
    return parseAnswer(name, raw);
  };
}
