import { hash } from 'node:crypto';
import type { Database } from '../db/database.ts';
import { prepared } from '../db/query.ts';
import { changedBy, type Steps } from '../db/steps.ts';
import type { Clock } from '../lib/clock.ts';
import { KibitzError } from '../lib/errors.ts';

/** A command that its client may send again: the same id from the same caller in the same room is the same command. */
export type CommandKey = { roomId: string; actorId: string; commandId: string; digest: string };

/** A command as its client sent it. */
export type SentCommand = { name: string; args: unknown };

/** What a command comes down to, for telling a retry from another command under the same id. */
export function digestOf({ name, args }: SentCommand): string {
  return hash('sha256', JSON.stringify([name, sorted(args)]), 'base64url');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, sorted(inner)]);
}

export function createCommandResults(db: Database, clock: Clock) {
  const insert = prepared((row: CommandKey & { result: string; at: string }) =>
    db.sql
      .insertInto('command_results')
      .values({
        room_id: row.roomId,
        actor_id: row.actorId,
        command_id: row.commandId,
        digest: row.digest,
        result: row.result,
        at: row.at,
      })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const select = prepared((key: Omit<CommandKey, 'digest'>) =>
    db.sql
      .selectFrom('command_results')
      .select(['digest', 'result'])
      .where('room_id', '=', key.roomId)
      .where('actor_id', '=', key.actorId)
      .where('command_id', '=', key.commandId),
  );

  const results = {
    /** Takes the id within the command's own append. False: it was taken. */
    *claim(key: CommandKey, result: object): Steps<boolean> {
      const at = clock.now().toISOString();
      return (yield* changedBy(insert({ ...key, result: JSON.stringify(result), at }))) > 0;
    },

    /** Keeps the result of a command that wrote nothing; false when the id was taken. */
    keep: (key: CommandKey, result: object): Promise<boolean> =>
      db.transact(key.roomId, () => results.claim(key, result)),

    /** The first result, if the command has had its effect. The same id for another command is a `conflict`. */
    async find(key: CommandKey): Promise<object | undefined> {
      const [row] = await db.run(select(key));
      if (row === undefined) return undefined;
      if (row.digest !== key.digest) {
        throw new KibitzError('conflict', 'This command id was used for another command.', {
          field: 'commandId',
        });
      }
      return JSON.parse(row.result) as object;
    },
  };
  return results;
}

export type CommandResults = ReturnType<typeof createCommandResults>;
