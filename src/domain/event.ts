import { z } from 'zod';
import { type Actor, actorSchema } from './actor.ts';
import { revisionSchema } from './brief.ts';
import { factSchema } from './fact.ts';
import { jsonObject } from './json.ts';
import { limits } from './limits.ts';
import { numberingSchema, offeredSourceSchema } from './offered-source.ts';
import { edgeDeltaSchema, edgeValueSchema, memorySchema } from './relationships.ts';
import { roleSchema } from './roles.ts';
import { sceneSchema } from './scene.ts';
import { settingsSchema, templateSchema } from './settings.ts';
import { sourceSchema } from './source.ts';
import { taskSchema } from './task.ts';

export const authorSchema = z.object({
  type: z.enum(['user', 'bot']),
  id: z.string(),
  name: z.string(),
});
export type Author = z.infer<typeof authorSchema>;

export const addresseeSchema = z.object({
  botId: z.string().nullable(),
  by: z.enum(['only', 'mention', 'reply', 'name', 'partner', 'classifier', 'fallback']),
  confidence: z.enum(['high', 'medium', 'low']),
  reason: z.string(),
});
export type Addressee = z.infer<typeof addresseeSchema>;

/** What of the library a message was offered, and which of it it cites, by number. */
const citing = {
  sources: z.array(offeredSourceSchema).optional(),
  citations: z.array(z.int().positive()).optional(),
};

/** A message as it was written. Bots add what is known of how the text came to be. */
export const messageSchema = z.object({
  messageId: z.string(),
  author: authorSchema,
  text: z.string(),
  replyTo: z.string().optional(),
  /** By a bot that was only listening: the message it put in a word on. */
  interjectionOf: z.string().optional(),
  /** Counts the replies given in this place of the timeline, from 1. */
  version: z.int().positive().optional(),
  /** Whether the reply ended before the model was done. */
  truncated: z.boolean().optional(),
  model: z.string().optional(),
  /** Whether the second model endpoint wrote it. */
  fallback: z.boolean().optional(),
  /** Why this bot answered. */
  addressee: addresseeSchema.optional(),
  ...citing,
  /** The scene it was written in. */
  scene: z.string().optional(),
});
export type MessageData = z.infer<typeof messageSchema>;

/** An earlier text of a message, with what it cites; oldest first in its list. */
export const messageVersionSchema = z.object({
  messageId: z.string(),
  text: z.string(),
  at: z.string(),
  ...citing,
});

/** Where a message stands that did not come last: back in its old place, or beside what it belongs to. */
export const placeSchema = z.object({
  seq: z.int().positive(),
  at: z.string().optional(),
  edited: z.boolean().optional(),
  turnId: z.string().optional(),
  versions: z.array(messageVersionSchema).optional(),
});

/** What the file something was imported from said beside it: in the log for exports, in no state. */
export const originSchema = jsonObject(limits.origin);

export const outcomes = ['completed', 'quiet', 'stopped', 'failed', 'interrupted'] as const;
export type Outcome = (typeof outcomes)[number];

export const usageSchema = z.object({
  promptTokens: z.int().nonnegative(),
  completionTokens: z.int().nonnegative(),
  estimated: z.boolean(),
});

export const triggerSchema = z.union([
  z.strictObject({ messageId: z.string() }),
  z.strictObject({ regenerate: z.string() }),
  /** Bringing the brief up to what is known; answers nobody. */
  z.strictObject({ refresh: z.literal('brief') }),
]);
export type Trigger = z.infer<typeof triggerSchema>;

/** What an event that adds tells besides, when it brings back what was there: who added it, when and as which event. */
const firstAdded = {
  by: actorSchema.optional(),
  at: z.string().optional(),
  place: z.int().positive().optional(),
};

const factData = factSchema
  .omit({ cause: true, by: true, at: true, place: true, edited: true })
  .extend({ ...firstAdded, reason: z.string().optional() });
const taskData = taskSchema
  .pick({ taskId: true, kind: true, text: true, answer: true })
  // `before`: how it was worded, when it is worded anew.
  .extend({ ...firstAdded, before: z.string().optional() });

const roomData = z.object({ title: z.string(), template: templateSchema, settings: settingsSchema });
const memberData = z.object({
  userId: z.string(),
  name: z.string(),
  role: roleSchema,
  reason: z.string().optional(),
});
/** `reason` where a rewind took the room there. */
const sceneData = sceneSchema.extend({ reason: z.literal('rewind').optional() });
const botData = z.object({ botId: z.string(), name: z.string(), role: z.enum(['host', 'guest']) });

/** What each kind of event says: the one definition for the log, the wire and the page. */
export const eventData = {
  'room.created': roomData.extend({
    origin: originSchema.optional(),
    /** Of a fork: the numbers that passages of its library have been cited under. */
    numbering: numberingSchema.optional(),
  }),
  'room.updated': roomData,
  'member.joined': memberData,
  'member.changed': memberData,
  'member.left': memberData,
  'bot.joined': botData,
  'bot.left': botData,
  /** Everything a bot remembers and feels, and what others feel about it, is forgotten. */
  'bot.reset': botData,
  'scene.opened': sceneData,
  'scene.closed': sceneData,
  'message.posted': messageSchema.extend({
    place: placeSchema.optional(),
    origin: originSchema.optional(),
  }),
  'message.edited': z.object({ messageId: z.string(), text: z.string() }),
  'message.replaced': z.object({
    supersedes: z.string(),
    message: messageSchema.extend({
      place: placeSchema.omit({ seq: true }).optional(),
      origin: originSchema.optional(),
    }),
    reason: z.enum(['regenerate', 'edit', 'select']),
  }),
  'message.removed': z.object({
    supersedes: z.string(),
    reason: z.enum(['remove', 'rewind', 'withdrawn']),
  }),
  'turn.queued': z.object({ by: z.string(), trigger: triggerSchema }),
  'turn.started': z.object({ addressee: addresseeSchema }),
  'turn.ended': z.object({
    outcome: z.enum(outcomes),
    /** Why it failed, in words for people. */
    error: z.string().optional(),
    usage: usageSchema.optional(),
  }),
  'memory.written': memorySchema.omit({ cause: true }),
  'memory.withdrawn': memorySchema.omit({ cause: true }),
  'edge.updated': z.object({
    from: z.string(),
    to: z.string(),
    delta: edgeDeltaSchema,
    after: edgeValueSchema,
    /** Set when the change that `cause` made is taken back; `delta` is then what that takes away. */
    withdrawn: z.literal(true).optional(),
  }),
  'fact.added': factData,
  'fact.edited': factData,
  'fact.removed': factData,
  'task.added': taskData,
  'task.answered': taskData,
  'task.dismissed': taskData,
  'task.withdrawn': taskData,
  'brief.revised': revisionSchema,
  'source.added': sourceSchema.omit({ at: true }).partial({ by: true }),
  'source.removed': sourceSchema.pick({ sourceId: true, title: true, chunks: true }),
} as const;

export type EventKind = keyof typeof eventData;
export type EventData<K extends EventKind> = z.infer<(typeof eventData)[K]>;

export type { Actor } from './actor.ts';

type Envelope = {
  actor: Actor;
  turnId?: string | undefined;
  /** The message the event follows from; when that leaves the timeline, so does what the event did. */
  cause?: string | undefined;
};

/** An event before the log has given it a place. */
export type NewEvent = {
  [K in EventKind]: Envelope & { kind: K; data: EventData<K> };
}[EventKind];

/** An event of a room's log; `seq` counts 1, 2, 3 … without gaps, `at` is ISO 8601 UTC. */
export type RoomEvent = NewEvent & { roomId: string; seq: number; at: string };

export type EventOf<K extends EventKind> = Extract<RoomEvent, { kind: K }>;

/** An event of a kind this version does not know. It keeps its place in the sequence and is passed on as it is. */
export type CarriedEvent = Envelope & {
  roomId: string;
  seq: number;
  at: string;
  kind: string;
  data: unknown;
};

export type LoggedEvent = RoomEvent | CarriedEvent;

const envelopeSchema = z.object({
  roomId: z.string(),
  seq: z.int().positive(),
  kind: z.string(),
  at: z.string(),
  actor: actorSchema,
  turnId: z.string().optional(),
  cause: z.string().optional(),
  data: z.unknown(),
});

/** Looked up for every event that is read or folded: kinds come from outside, and a map knows nothing but its own keys. */
const dataSchemas: ReadonlyMap<string, z.ZodType> = new Map(Object.entries(eventData));

export const isKnownKind = (kind: string): kind is EventKind => dataSchemas.has(kind);

export function isKnown(event: LoggedEvent): event is RoomEvent {
  return isKnownKind(event.kind);
}

/** An event of the log or the wire. Data of a known kind must fit its schema; other kinds are carried. */
export const loggedEventSchema = envelopeSchema.transform((event, context): LoggedEvent => {
  if (!isKnown(event)) return event;
  const data = eventData[event.kind].safeParse(event.data);
  if (data.success) return { ...event, data: data.data } as RoomEvent;
  for (const { path, message } of data.error.issues) {
    context.addIssue({ code: 'custom', path: ['data', ...path], message });
  }
  return z.NEVER;
});

/** Parses an event; throws a `ZodError` that names what does not fit. */
export function parseEvent(value: unknown): LoggedEvent {
  return loggedEventSchema.parse(value);
}

/** Parses what an event of a kind says; throws a `ZodError` that names what does not fit. Other kinds' data is carried. */
export function parseData(kind: string, data: unknown): unknown {
  const schema = dataSchemas.get(kind);
  return schema === undefined ? data : schema.parse(data);
}

/** Whether an event swaps or takes away something already shown, and so goes out as `replace`. */
export function isReplacing(event: LoggedEvent): boolean {
  return event.kind === 'message.replaced' || event.kind === 'message.removed';
}
