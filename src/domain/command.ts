import type { z } from 'zod';
import type { NewId } from '../lib/ids.ts';
import type { Actor, NewEvent } from './event.ts';
import type { RoomState } from './room-state.ts';

/** What a command needs beside its arguments and the state. */
export type CommandContext = { actor: Actor; newId: NewId };

/** What a command comes to: the events to append, all or none, and what its caller is told. */
export type Decision<Result extends object = object> = { events: readonly NewEvent[]; result: Result };

/**
 * A command of a room. `decide` is pure: it returns what should happen or throws a `KibitzError` that says why not.
 * The state it is given holds the message that `refersTo` names, however old, and the one that message follows from.
 */
export type CommandDefinition<Args, Result extends object> = {
  args: z.ZodType<Args>;
  refersTo?(args: Args, state: RoomState): string | undefined;
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
