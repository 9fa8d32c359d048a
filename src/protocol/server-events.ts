import { z } from 'zod';
import { loggedEventSchema } from '../domain/event.ts';
import { offeredSourceSchema } from '../domain/offered-source.ts';
import { roleSchema } from '../domain/roles.ts';

const logged = z.object({ roomId: z.string(), event: loggedEventSchema });

/** What the server sends of its own accord, by event name. */
export const serverEvents = {
  /** A new event of the log. */
  append: logged,
  /** An event that swaps or takes away something already shown. */
  replace: logged,
  /** Live text. `offset` counts UTF-16 units from the start of the reply; a higher `gen` starts the text over. */
  token: z.object({
    roomId: z.string(),
    turnId: z.string(),
    messageId: z.string(),
    botId: z.string(),
    gen: z.int().nonnegative(),
    offset: z.int().nonnegative(),
    text: z.string(),
  }),
  /** What of the library a reply is offered, before its first token. */
  sources: z.object({
    roomId: z.string(),
    turnId: z.string(),
    messageId: z.string(),
    sources: z.array(offeredSourceSchema),
  }),
  /** Which stage a running turn has come to. */
  stage: z.object({ roomId: z.string(), turnId: z.string(), stage: z.string() }),
  typing: z.object({ roomId: z.string(), userId: z.string(), name: z.string() }),
  presence: z.object({
    roomId: z.string(),
    people: z.array(
      z.object({ userId: z.string(), name: z.string(), role: roleSchema, tabs: z.int().positive() }),
    ),
    spectators: z.int().nonnegative(),
  }),
  /** Where the log stands, every few seconds: a tab that is behind syncs. */
  head: z.object({ roomId: z.string(), seq: z.int().nonnegative(), epoch: z.string() }),
  /** Whether the process that a tab is connected to hears the others of its deployment; told when that changes. */
  peers: z.object({ reachable: z.boolean() }),
  /** Nothing of the room follows. */
  closed: z.object({ roomId: z.string(), reason: z.enum(['removed', 'deleted', 'signed_out']) }),
} as const;

export type ServerEventName = keyof typeof serverEvents;
/** The payload as it is sent. */
export type ServerEvent<K extends ServerEventName> = z.input<(typeof serverEvents)[K]>;
/** The payload as a client has parsed it. */
export type ReceivedEvent<K extends ServerEventName> = z.output<(typeof serverEvents)[K]>;

export type Token = ServerEvent<'token'>;
export type Presence = ServerEvent<'presence'>;
