import { z } from 'zod';
import { briefSchema, emptyBrief } from './brief.ts';
import { addresseeSchema, messageSchema, messageVersionSchema, triggerSchema } from './event.ts';
import { factSchema } from './fact.ts';
import { numberingSchema } from './offered-source.ts';
import { edgeSchema, memorySchema } from './relationships.ts';
import { roleSchema } from './roles.ts';
import { sceneSchema } from './scene.ts';
import { settingsSchema, templateSchema } from './settings.ts';
import { sourceSchema } from './source.ts';
import { taskSchema } from './task.ts';

/** A message on the timeline: as it was written, where it stands, and what it said before. */
export const timelineMessageSchema = messageSchema.extend({
  /** The sequence number of the event that opened this place of the timeline; replies keep it when replaced. */
  seq: z.int().positive(),
  at: z.string(),
  turnId: z.string().optional(),
  cause: z.string().optional(),
  edited: z.boolean(),
  versions: z.array(messageVersionSchema),
});
export type TimelineMessage = z.infer<typeof timelineMessageSchema>;

const openTurn = {
  turnId: z.string(),
  by: z.string(),
  trigger: triggerSchema,
  queuedAt: z.string(),
};
export const turnSchema = z.discriminatedUnion('status', [
  z.object({ ...openTurn, status: z.literal('queued') }),
  z.object({ ...openTurn, status: z.literal('running'), addressee: addresseeSchema, startedAt: z.string() }),
]);
export type Turn = z.infer<typeof turnSchema>;

/** A turn that did not come to a whole reply, and the message to say so at. */
export const unfinishedSchema = z.object({
  messageId: z.string(),
  turnId: z.string(),
  outcome: z.enum(['stopped', 'failed', 'interrupted']),
  /** Whether it was to write a reply anew: then the old one still stands. */
  regenerating: z.boolean(),
  error: z.string().optional(),
});
export type Unfinished = z.infer<typeof unfinishedSchema>;

/** The event since which somebody is here, or since which a bot remembers. */
const since = z.int().nonnegative();

export const memberSchema = z.object({ userId: z.string(), name: z.string(), role: roleSchema, since });
export type Member = z.infer<typeof memberSchema>;

/** Who a member is, as events say it. */
export function identityOf({ userId, name, role }: Member): Omit<Member, 'since'> {
  return { userId, name, role };
}

export const roomBotSchema = z.object({
  botId: z.string(),
  name: z.string(),
  role: z.enum(['host', 'guest']),
  since,
});
export type RoomBot = z.infer<typeof roomBotSchema>;

export const roomSchema = z.object({
  id: z.string(),
  title: z.string(),
  template: templateSchema,
  settings: settingsSchema,
  createdAt: z.string(),
});

/** A rewind, by the events that made it: how many messages they took, and the scene there was before. */
export const rewoundSchema = z.object({
  from: z.int().positive(),
  to: z.int().positive(),
  by: z.string(),
  messages: z.int().nonnegative(),
  scene: z.string().nullable(),
});

/** A room as its log makes it, up to `seq`. `messages` holds the latest of the timeline (see `limits.window`). */
export const roomStateSchema = z.object({
  seq: z.int().nonnegative(),
  room: roomSchema,
  members: z.array(memberSchema),
  /** Who was sent away and when, the latest last: an invite made before that does not let them in again. */
  removed: z.array(z.object({ userId: z.string(), at: z.string() })),
  bots: z.array(roomBotSchema),
  /** Bots that have remembered or felt something, or were felt something about, since they last forgot it. */
  touchedBots: z.array(z.string()),
  scene: sceneSchema.nullable(),
  /** The latest scenes, in the order in which they were first opened. */
  scenes: z.array(sceneSchema),
  messages: z.array(timelineMessageSchema),
  /** Whether the timeline began before `messages` at some time. */
  older: z.boolean(),
  /** The last rewind, until the timeline or the scene changes otherwise: so long it can be undone. */
  rewound: rewoundSchema.nullable(),
  turns: z.array(turnSchema),
  unfinished: z.array(unfinishedSchema),
  /** By `from` and `to`. */
  edges: z.array(edgeSchema),
  /** The latest of what bots remember, in the order of the messages they follow from. */
  memories: z.array(memorySchema),
  /** What is known, oldest first. */
  facts: z.array(factSchema),
  /** Facts that were there and were removed, the latest last. */
  goneFacts: z.array(z.string()),
  /** The words of facts that people took away, the latest last: bots do not note them again. */
  refusedFacts: z.array(z.string()),
  /** Counts the changes of what is known. */
  stateVersion: z.int().nonnegative(),
  /** Questions and checks, oldest first. */
  tasks: z.array(taskSchema),
  brief: briefSchema,
  /** The files of the room's library, oldest first. */
  sources: z.array(sourceSchema),
  /** The numbers that passages of the library have been cited under, oldest first. */
  numbering: numberingSchema,
});
export type RoomState = z.infer<typeof roomStateSchema>;

/** Changes with every change to the shape of `RoomState`; stored snapshots of another shape are folded anew. */
export const roomStateVersion = 6;

export function initialState(roomId: string): RoomState {
  return {
    seq: 0,
    room: {
      id: roomId,
      title: '',
      template: 'blank',
      settings: settingsSchema.parse({}),
      createdAt: '',
    },
    members: [],
    removed: [],
    bots: [],
    touchedBots: [],
    scene: null,
    scenes: [],
    messages: [],
    older: false,
    rewound: null,
    turns: [],
    unfinished: [],
    edges: [],
    memories: [],
    facts: [],
    goneFacts: [],
    refusedFacts: [],
    stateVersion: 0,
    tasks: [],
    brief: emptyBrief,
    sources: [],
    numbering: [],
  };
}

export function findMember(state: RoomState, userId: string): Member | undefined {
  return state.members.find((member) => member.userId === userId);
}

/** The message that stands where `messageId` stood, under this id or a newer one. */
export function findPlace(state: RoomState, messageId: string): TimelineMessage | undefined {
  return (
    findMessage(state, messageId) ??
    state.messages.find((message) => message.versions.some((version) => version.messageId === messageId))
  );
}

export function findMessage(state: RoomState, messageId: string): TimelineMessage | undefined {
  return state.messages.find((message) => message.messageId === messageId);
}
