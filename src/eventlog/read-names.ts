import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { compiled } from '../db/query.ts';
import { isKnown } from '../domain/event.ts';
import { eventColumns, fromRow } from './event-row.ts';

/** The names that people and bots of a room last had in it, by id; of those who are long gone too. */
export type ReadNames = { namesIn(roomId: string): Promise<ReadonlyMap<string, string>> };

export function createReadNames(db: Database): ReadNames {
  return {
    async namesIn(roomId) {
      const query = db.sql
        .selectFrom('events')
        .select(eventColumns)
        .where('room_id', '=', roomId)
        // Written out, or the index of these events is not used.
        .where(sql<boolean>`kind in ('member.joined', 'member.changed', 'bot.joined')`)
        .orderBy('seq');
      const names = new Map<string, string>();
      for (const row of await db.run(compiled(query))) {
        const event = fromRow(roomId, row);
        if (!isKnown(event)) continue;
        if (event.kind === 'member.joined' || event.kind === 'member.changed')
          names.set(event.data.userId, event.data.name);
        if (event.kind === 'bot.joined') names.set(event.data.botId, event.data.name);
      }
      return names;
    },
  };
}
