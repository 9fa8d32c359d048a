import { hash } from 'node:crypto';
import { openDatabase } from '../../src/db/open-database.ts';
import { openSqliteFile } from '../../src/db/sqlite.ts';
import { randomId } from '../../src/lib/ids.ts';
import { type Pace, paceOf } from './pace.ts';
import { textOf } from './rows.ts';

/**
 * The yardstick: all that the command handler writes for a message (the room's head, the command's result, the event, the
 * timeline) into the same tables, with one transaction and one commit a message, by prepared statements and nothing else:
 * no state, no rules, nobody told.
 */
export async function createOneByOne(path: string, rooms: number) {
  // Makes the tables.
  await (await openDatabase(`sqlite:${path}`)).close();
  const file = openSqliteFile(path);
  const move = file.prepare(
    'update rooms set head = ?, head_mark = ?, open_turns = open_turns + 0, updated_at = ? where id = ? and head = ?',
  );
  const claim = file.prepare(
    `insert into command_results (room_id, actor_id, command_id, digest, result, at) values (?, ?, ?, ?, ?, ?)
     on conflict do nothing`,
  );
  const insert = file.prepare(
    `insert into events (room_id, seq, kind, version, at, actor_type, actor_id, turn_id, cause, data)
     values (?, ?, 'message.posted', 1, ?, 'user', ?, null, null, ?)`,
  );
  const place = file.prepare(
    `insert into messages (room_id, message_id, place, slot, cause, left_by, data) values (?, ?, ?, ?, null, null, ?)
     on conflict (room_id, message_id) do update set place = excluded.place, left_by = excluded.left_by, data = excluded.data`,
  );
  const open = file.prepare(
    `insert into rooms (id, title, head, head_mark, epoch, open_turns, turn_epoch, updated_at) values (?, '', 0, '', '', 0, 0, '')`,
  );
  const all = Array.from({ length: rooms }, () => ({ roomId: randomId(), userId: randomId(), head: 0 }));
  for (const { roomId } of all) open.run(roomId);

  const append = file.transaction((room: (typeof all)[number], text: string) => {
    const { roomId, userId, head } = room;
    const [seq, at] = [head + 1, new Date().toISOString()];
    const [messageId, mark, commandId] = [randomId(), randomId(), randomId()];
    const message = { messageId, author: { type: 'user', id: userId, name: 'Ann' }, text };
    const digest = hash('sha256', text, 'base64url');
    if (move.run(seq, mark, at, roomId, head).changes === 0) throw new Error('the head moved');
    claim.run(roomId, userId, commandId, digest, JSON.stringify({ messageId, seq }), at);
    insert.run(roomId, seq, at, userId, JSON.stringify(message));
    place.run(roomId, messageId, seq, messageId, JSON.stringify({ ...message, seq, at }));
    room.head = seq;
  });

  return {
    /** Appends one message after another, the rooms in turn, until `ms` have passed. */
    run: (ms: number): Promise<Pace> =>
      paceOf((startedAt) => {
        let done = 0;
        while (performance.now() - startedAt < ms) {
          const room = all[done % all.length];
          done += 1;
          if (room !== undefined) append.immediate(room, textOf(done));
        }
        return done;
      }),
    close: () => void file.close(),
  };
}
