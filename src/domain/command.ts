import type { z } from 'zod';
import type { NewId } from '../lib/ids.ts';
import type { NewConsequence } from './consequence.ts';
import type { Actor, NewEvent } from './event.ts';
import type { RoomState, TimelineMessage } from './room-state.ts';

/** What a command needs beside its arguments and the state. */
export type CommandContext = {
  actor: Actor;
  newId: NewId;
  /** What has left the timeline, as far as `reach` asked for it. */
  left: readonly LeftMessage[];
};

/** A message that is not on the timeline any more, as it last stood there. */
export type LeftMessage = TimelineMessage & {
  /** The event by which it left. */
  leftBy: number;
  /** The place it stood in: what replaces one another shares it. */
  slot: string;
};

/** What of the timeline, however old, a command is decided on. */
export type Reach =
  /** A message, what it answers, and what follows from that; also what gave way in those places. */
  | { around: string }
  /** A message and all that stand after it. */
  | { from: string }
  /** What left by these events. */
  | { leftBy: { from: number; to: number } };

/**
 * What a command comes to: the events to append, all or none, and what its caller is told. `isPending` when it is not
 * done with that: the caller is told the result by whoever carries it out.
 */
export type Decision<Result extends object = object> = {
  events: readonly NewEvent[];
  result: Result;
  isPending?: boolean;
  /** What is to follow from messages; the events for it are made when it is known what it adds to. */
  consequences?: readonly NewConsequence[];
};

/**
 * A command of a room. `decide` is pure: it returns what should happen or throws a `KibitzError` that says why not.
 * The state it is given also holds the standing messages that `reach` names, however old.
 */
export type CommandDefinition<Args, Result extends object> = {
  args: z.ZodType<Args>;
  reach?(args: Args, state: RoomState): Reach | undefined;
  decide(args: Args, state: RoomState, context: CommandContext): Decision<Result>;
};

/** Types a definition by its schema; the identity otherwise. */
export function defineCommand<Args, Result extends object>(
  definition: CommandDefinition<Args, Result>,
): CommandDefinition<Args, Result> {
  return definition;
}

/** The actor of what Kibitz does by itself. */
export const system: Actor = { type: 'system', id: 'kibitz' };
