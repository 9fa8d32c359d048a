import type { Database } from '../db/database.ts';
import { compiled, prepared } from '../db/query.ts';
import type { Steps } from '../db/steps.ts';
import { knownBy } from '../domain/collect-consequences.ts';
import { type Consequence, causeOf, type EdgeChange, knownConsequenceSchema } from '../domain/consequence.ts';
import { recentChanges } from '../domain/edge-ledger.ts';
import type { EventOf, RoomEvent } from '../domain/event.ts';
import { type Aftermath, causesIn, type Moves, pairsIn } from '../domain/follow-ups.ts';
import { comparePlaces, edgeDeltaSchema, type Memory, memorySchema } from '../domain/relationships.ts';

/** Causes named in one query: databases bound the values of a statement. */
const mostNamed = 500;
/** Past every place: the largest number that both databases keep in this column. */
const everything = 2 ** 31 - 1;

const storedMemory = memorySchema.omit({ cause: true, place: true });

/**
 * What follows from messages, as a table kept by the appends: so that it can leave and come back with them, and be read
 * beyond what a room's state holds. A row holds while its cause stands on the timeline; nothing is marked.
 */
export function createConsequenceIndex(db: Database) {
  type Stored = {
    roomId: string;
    cause: string;
    id: string;
    kind: Consequence['kind'];
    fromId: string;
    toId: string | null;
    affinity: number | null;
    trust: number | null;
    data: string;
  };
  const put = prepared((row: Stored) =>
    db.sql
      .insertInto('consequences')
      .values({
        room_id: row.roomId,
        cause: row.cause,
        id: row.id,
        kind: row.kind,
        from_id: row.fromId,
        to_id: row.toId,
        affinity: row.affinity,
        trust: row.trust,
        data: row.data,
      })
      // Written again with a message that came back.
      .onConflict((conflict) => conflict.doNothing()),
  );
  const forgetCause = prepared((key: { roomId: string; cause: string }) =>
    db.sql
      .deleteFrom('consequences')
      .where('room_id', '=', key.roomId)
      .where((eb) =>
        eb.or([
          eb('cause', '=', key.cause),
          eb(
            'cause',
            'in',
            eb
              .selectFrom('messages')
              .select('message_id')
              .where('messages.room_id', '=', key.roomId)
              .where('messages.cause', '=', key.cause),
          ),
        ]),
      ),
  );
  /** A fact or task that somebody has made theirs. */
  const forgetKnown = prepared((key: { roomId: string; id: string }) =>
    db.sql.deleteFrom('consequences').where('room_id', '=', key.roomId).where('from_id', '=', key.id),
  );
  /** A bot with all it remembers and feels and is felt about. */
  const forgetBot = prepared((key: { roomId: string; id: string }) =>
    db.sql
      .deleteFrom('consequences')
      .where('room_id', '=', key.roomId)
      .where((eb) => eb.or([eb('from_id', '=', key.id), eb('to_id', '=', key.id)])),
  );

  /** Each with the message it follows from. */
  const joined = (roomId: string) =>
    db.sql
      .selectFrom('consequences as c')
      .innerJoin('messages as m', (join) =>
        join.onRef('m.room_id', '=', 'c.room_id').onRef('m.message_id', '=', 'c.cause'),
      )
      .where('c.room_id', '=', roomId);
  const columns = ['c.kind', 'c.cause', 'c.from_id', 'c.to_id', 'c.data', 'm.place', 'm.slot'] as const;
  const standing = (roomId: string, fromId: string, upTo: number) =>
    joined(roomId)
      .where('c.from_id', '=', fromId)
      .where('m.left_by', 'is', null)
      .where('m.place', '<=', upTo);
  const latest = (roomId: string, fromId: string, upTo: number, limit: number) =>
    standing(roomId, fromId, upTo)
      .select(columns)
      .orderBy('m.place', 'desc')
      .orderBy('m.slot', 'desc')
      .limit(limit);

  function* putEdge({ roomId, cause, data }: EventOf<'edge.updated'>): Steps<void> {
    const { from, to, delta, withdrawn } = data;
    if (withdrawn === true || cause === undefined) return;
    const { affinity, trust } = delta;
    const row = { roomId, cause, id: `${from} ${to}`, kind: 'edge' as const, fromId: from, toId: to };
    yield put({ ...row, affinity, trust, data: JSON.stringify(delta) });
  }

  function* putMemory({ roomId, cause, data }: EventOf<'memory.written'>): Steps<void> {
    if (cause === undefined) return;
    const { place: _, ...memory } = data;
    const row = {
      roomId,
      cause,
      id: data.memoryId,
      kind: 'memory' as const,
      fromId: data.witnessId,
      toId: null,
    };
    yield put({ ...row, affinity: null, trust: null, data: JSON.stringify(memory) });
  }

  function* putKnown(event: EventOf<'fact.added' | 'task.added' | 'task.answered'>): Steps<void> {
    const { roomId, cause } = event;
    const one = knownBy(event);
    // By a person; or a task that is put back, worded as before.
    if (one === undefined || cause === undefined) return;
    const fromId = one.kind === 'fact' ? one.fact.factId : one.kind === 'task' ? one.task.taskId : one.taskId;
    const row = { roomId, cause, id: `${one.kind} ${fromId}`, kind: one.kind, fromId, toId: null };
    yield put({ ...row, affinity: null, trust: null, data: JSON.stringify(one) });
  }

  async function ofCauses(roomId: string, causes: readonly string[]): Promise<Consequence[]> {
    const found: Row[] = [];
    for (let start = 0; start < causes.length; start += mostNamed) {
      const query = joined(roomId)
        .select(columns)
        .where('c.cause', 'in', causes.slice(start, start + mostNamed))
        .orderBy('c.id');
      found.push(...(await db.run(compiled(query))));
    }
    return found.toSorted((a, b) => comparePlaces(placeOf(a), placeOf(b))).map(read);
  }

  async function changesOf(
    roomId: string,
    { from, to }: { from: string; to: string },
    leaving: Moves['leaving'],
  ): Promise<EdgeChange[]> {
    const most = recentChanges + leaving.size;
    const query = latest(roomId, from, everything, most).where('c.to_id', '=', to);
    const rows = await db.run(compiled(query));
    return rows.filter(({ cause }) => !leaving.has(cause)).map(readChange);
  }

  return {
    /** Brings the table up to one event, within its append. */
    *project(event: RoomEvent): Steps<void> {
      const { roomId } = event;
      switch (event.kind) {
        case 'memory.written':
          return yield* putMemory(event);
        case 'edge.updated':
          return yield* putEdge(event);
        // What followed from the old words, and from the answers to them, does not follow from the new ones.
        case 'message.edited':
          yield forgetCause({ roomId, cause: event.data.messageId });
          return;
        case 'bot.left':
        case 'bot.reset':
          yield forgetBot({ roomId, id: event.data.botId });
          return;
        case 'fact.added':
        case 'task.added':
          return yield* putKnown(event);
        case 'fact.edited':
          yield forgetKnown({ roomId, id: event.data.factId });
          return;
        case 'fact.removed':
          if (event.data.reason !== 'withdrawn') yield forgetKnown({ roomId, id: event.data.factId });
          return;
        case 'task.answered':
          yield forgetKnown({ roomId, id: event.data.taskId });
          return yield* putKnown(event);
        case 'task.dismissed':
          yield forgetKnown({ roomId, id: event.data.taskId });
      }
    },

    /** What is stored of what these moves touch. */
    async aftermath(roomId: string, moves: Moves): Promise<Aftermath> {
      const moved = await ofCauses(roomId, [...causesIn(moves)]);
      const staying: EdgeChange[] = [];
      for (const pair of pairsIn(moves, moved)) {
        staying.push(...(await changesOf(roomId, pair, moves.leaving)));
      }
      return { moved, staying, places: await placesOf(roomId, [...new Set(moves.added.map(causeOf))]) };
    },

    /** What a bot remembers of what stands up to a place, the latest first. */
    async memoriesOf(roomId: string, witnessId: string, upTo: number, limit: number): Promise<Memory[]> {
      const query = latest(roomId, witnessId, upTo, limit).where('c.to_id', 'is', null);
      return (await db.run(compiled(query))).map(readMemory);
    },

    /** The sums of all that changed in how somebody sees others up to a place, and the latest of those changes. */
    async relationsOf(roomId: string, from: string, upTo: number, limit: number) {
      const query = latest(roomId, from, upTo, limit).where('c.to_id', 'is not', null);
      const sums = standing(roomId, from, upTo)
        .where('c.to_id', 'is not', null)
        .select((eb) => [
          'c.to_id',
          eb.cast<number>(eb.fn.sum('c.affinity'), 'integer').as('affinity'),
          eb.cast<number>(eb.fn.sum('c.trust'), 'integer').as('trust'),
        ])
        .groupBy('c.to_id');
      const rows = await db.run(compiled(sums));
      return {
        sums: new Map(rows.map(({ to_id, affinity, trust }) => [to_id ?? '', { affinity, trust }])),
        changes: (await db.run(compiled(query))).map(readChange),
      };
    },
  };

  async function placesOf(roomId: string, causes: readonly string[]): Promise<Aftermath['places']> {
    if (causes.length === 0) return new Map();
    const query = db.sql
      .selectFrom('messages')
      .select(['message_id', 'place', 'slot'])
      .where('room_id', '=', roomId)
      .where('message_id', 'in', causes)
      .where('left_by', 'is', null);
    const rows = await db.run(compiled(query));
    return new Map(rows.map(({ message_id, place, slot }) => [message_id, { seq: place, slot }]));
  }
}

export type ConsequenceIndex = ReturnType<typeof createConsequenceIndex>;

type Row = {
  kind: string;
  cause: string;
  from_id: string;
  to_id: string | null;
  data: string;
  place: number;
  slot: string;
};

function read(row: Row): Consequence {
  switch (row.kind) {
    case 'memory':
      return { kind: 'memory', memory: readMemory(row) };
    case 'edge':
      return { kind: 'edge', change: readChange(row) };
    default:
      return knownConsequenceSchema.parse(JSON.parse(row.data));
  }
}

function readMemory({ cause, data, place, slot }: Row): Memory {
  return { ...storedMemory.parse(JSON.parse(data)), cause, place: { seq: place, slot } };
}

function readChange({ cause, from_id, to_id, data, place, slot }: Row): EdgeChange {
  const delta = edgeDeltaSchema.parse(JSON.parse(data));
  return { cause, place: { seq: place, slot }, from: from_id, to: to_id ?? '', delta };
}

const placeOf = ({ place, slot }: Row) => ({ seq: place, slot });
