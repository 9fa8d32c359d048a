import type { Database } from '../db/database.ts';
import { compiled } from '../db/query.ts';
import { rowsOf } from '../db/steps.ts';
import { type Bot, type BotProfile, botProfileSchema } from '../domain/bot.ts';
import type { Clock } from '../lib/clock.ts';
import { KibitzError } from '../lib/errors.ts';
import type { NewId } from '../lib/ids.ts';

const unknown = () => new KibitzError('not_found', 'You have no such bot.');

function fromRow(row: { id: string; profile: string }): Bot {
  return { id: row.id, ...botProfileSchema.parse(JSON.parse(row.profile)) };
}

/** People's bots. A bot belongs to who made it; rooms it is in use it as it is now. */
export function createBots(db: Database, clock: Clock, newId: NewId) {
  const columns = ['id', 'profile'] as const;

  const ownedBy = (ownerId: string, botId: string) =>
    compiled(
      db.sql.selectFrom('bots').select(columns).where('id', '=', botId).where('owner_id', '=', ownerId),
    );

  async function owned(ownerId: string, botId: string): Promise<Bot> {
    const [row] = await db.run(ownedBy(ownerId, botId));
    if (row === undefined) throw unknown();
    return fromRow(row);
  }

  return {
    owned,

    async find(botId: string): Promise<Bot | undefined> {
      const [row] = await db.run(compiled(db.sql.selectFrom('bots').select(columns).where('id', '=', botId)));
      return row === undefined ? undefined : fromRow(row);
    },

    /** Oldest first. */
    async list(ownerId: string): Promise<Bot[]> {
      const query = db.sql
        .selectFrom('bots')
        .select(columns)
        .where('owner_id', '=', ownerId)
        .orderBy('created_at')
        .orderBy('id')
        .limit(500);
      return (await db.run(compiled(query))).map(fromRow);
    },

    async create(ownerId: string, profile: BotProfile): Promise<Bot> {
      const row = { id: newId(), profile: JSON.stringify(profile) };
      const created_at = clock.now().toISOString();
      await db.transact('bots', function* () {
        yield compiled(db.sql.insertInto('bots').values({ ...row, owner_id: ownerId, created_at }));
      });
      return fromRow(row);
    },

    async update(
      ownerId: string,
      botId: string,
      patch: { [K in keyof BotProfile]?: BotProfile[K] | undefined },
    ): Promise<Bot> {
      return db.transact('bots', function* () {
        const [row] = yield* rowsOf(ownedBy(ownerId, botId));
        if (row === undefined) throw unknown();
        const { id, ...known } = fromRow(row);
        const profile = JSON.stringify({ ...known, ...patch });
        yield compiled(db.sql.updateTable('bots').set({ profile }).where('id', '=', botId));
        return fromRow({ id, profile });
      });
    },

    async remove(ownerId: string, botId: string): Promise<void> {
      const query = db.sql
        .deleteFrom('bots')
        .where('id', '=', botId)
        .where('owner_id', '=', ownerId)
        .returning('id');
      const rows = await db.transact('bots', () => rowsOf(compiled(query)));
      if (rows.length === 0) throw unknown();
    },
  };
}

export type Bots = ReturnType<typeof createBots>;
