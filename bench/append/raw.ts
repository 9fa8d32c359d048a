import BetterSqlite from 'better-sqlite3';
import { randomId } from '../../src/lib/ids.ts';
import { type Pace, paceOf } from './pace.ts';
import { textOf } from './rows.ts';

/** A yardstick: the row of an event inserted with one statement, one transaction and one commit each. */
export function createRaw(path: string) {
  const file = new BetterSqlite(path);
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  file.exec(`create table events (room_id text not null, seq integer not null, kind text not null,
    version integer not null, at text not null, actor_type text not null, actor_id text not null,
    turn_id text, cause text, data text not null, primary key (room_id, seq)) without rowid`);
  const statement = file.prepare('insert into events values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const roomId = randomId();
  const id = randomId();
  let seq = 0;

  function insert(kind: string, data: object): void {
    seq += 1;
    const at = new Date().toISOString();
    statement.run(roomId, seq, kind, 1, at, 'user', id, null, null, JSON.stringify(data));
  }

  return {
    insert,
    /** Inserts one message after another until `ms` have passed. */
    run: (ms: number): Promise<Pace> =>
      paceOf((startedAt) => {
        const first = seq;
        const author = { type: 'user', id, name: 'Ann' };
        while (performance.now() - startedAt < ms)
          insert('message.posted', { messageId: randomId(), author, text: textOf(seq) });
        return seq - first;
      }),
    close: () => void file.close(),
  };
}
