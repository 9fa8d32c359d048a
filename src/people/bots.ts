import type { Database } from '../db/database.ts';
import { compiled, prepared } from '../db/query.ts';
import { changedBy, rowsOf, type Steps } from '../db/steps.ts';
import { type Bot, type BotProfile, botProfileSchema } from '../domain/bot.ts';
import type { Clock } from '../lib/clock.ts';
import { KibitzError } from '../lib/errors.ts';
import type { NewId } from '../lib/ids.ts';

const unknown = () => new KibitzError('not_found', 'You have no such bot.');

type Row = { id: string; profile: string; card?: string | null };

function fromRow({ id, profile, card }: Row): Bot {
  const parsed = botProfileSchema.parse(JSON.parse(profile));
  return { id, ...parsed, ...(typeof card === 'string' ? { card: JSON.parse(card) } : {}) };
}

function toRow({ card, ...profile }: BotProfile): Omit<Row, 'id'> {
  return { profile: JSON.stringify(profile), card: card === undefined ? null : JSON.stringify(card) };
}

/** A change of a profile; null takes a field away. */
export type BotPatch = { [K in keyof BotProfile]?: BotProfile[K] | null | undefined };

function patched(profile: BotProfile, patch: BotPatch): BotProfile {
  const merged = Object.entries({ ...profile, ...patch }).filter(([, value]) => value !== null);
  return botProfileSchema.parse(Object.fromEntries(merged));
}

/** People's bots. A bot belongs to who made it; rooms it is in use it as it is now. */
export function createBots(db: Database, clock: Clock, newId: NewId) {
  const columns = ['id', 'profile'] as const;

  /** A bot that is not stored yet, and the steps that store it. */
  function draft(ownerId: string, profile: BotProfile): { bot: Bot; insert(): Steps<void> } {
    const row = { id: newId(), ...toRow(profile) };
    const created_at = clock.now().toISOString();
    const query = compiled(db.sql.insertInto('bots').values({ ...row, owner_id: ownerId, created_at }));
    return {
      bot: fromRow(row),
      *insert() {
        yield query;
      },
    };
  }

  const ownedBy = (ownerId: string, botId: string) =>
    compiled(
      db.sql
        .selectFrom('bots')
        .select([...columns, 'card'])
        .where('id', '=', botId)
        .where('owner_id', '=', ownerId),
    );

  /** As `ownedBy`; and nobody else changes it until this transaction ends, for it is writing that locks. */
  const lockedBy = (ownerId: string, botId: string) =>
    compiled(
      db.sql
        .updateTable('bots')
        .set((eb) => ({ profile: eb.ref('profile') }))
        .where('id', '=', botId)
        .where('owner_id', '=', ownerId)
        .returning([...columns, 'card']),
    );

  const withId = prepared((key: { botId: string }) =>
    db.sql.selectFrom('bots').select(columns).where('id', '=', key.botId),
  );

  async function owned(ownerId: string, botId: string): Promise<Bot> {
    const [row] = await db.run(ownedBy(ownerId, botId));
    if (row === undefined) throw unknown();
    return fromRow(row);
  }

  return {
    owned,
    draft,

    /** Without its card. */
    async find(botId: string): Promise<Bot | undefined> {
      const [row] = await db.run(withId({ botId }));
      return row === undefined ? undefined : fromRow(row);
    },

    /** Oldest first, without what only a character's own page and its prompts need. */
    async list(ownerId: string): Promise<Bot[]> {
      const query = db.sql
        .selectFrom('bots')
        .select(columns)
        .where('owner_id', '=', ownerId)
        .orderBy('created_at')
        .orderBy('id')
        .limit(500);
      const bots = (await db.run(compiled(query))).map(fromRow);
      return bots.map(({ lorebook: _lorebook, ...bot }) => bot);
    },

    async create(ownerId: string, profile: BotProfile): Promise<Bot> {
      const { bot, insert } = draft(ownerId, profile);
      await db.transact('bots', insert);
      return bot;
    },

    async update(ownerId: string, botId: string, patch: BotPatch): Promise<Bot> {
      return db.transact('bots', function* () {
        const [row] = yield* rowsOf(lockedBy(ownerId, botId));
        if (row === undefined) throw unknown();
        const { id, ...known } = fromRow(row);
        const changed = toRow(patched(known, patch));
        yield compiled(db.sql.updateTable('bots').set(changed).where('id', '=', botId));
        return fromRow({ id, ...changed });
      });
    },

    async remove(ownerId: string, botId: string): Promise<void> {
      const query = db.sql.deleteFrom('bots').where('id', '=', botId).where('owner_id', '=', ownerId);
      if ((await db.transact('bots', () => changedBy(compiled(query)))) === 0) throw unknown();
    },
  };
}

export type Bots = ReturnType<typeof createBots>;
