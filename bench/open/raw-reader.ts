import BetterSqlite from 'better-sqlite3';

/** The yardstick: one prepared statement that reads events of a room. */
export function createRawReader(path: string) {
  const file = new BetterSqlite(path, { readonly: true });
  const statement = file.prepare<[string, number, number], { data: string }>(
    'select * from events where room_id = ? and seq > ? order by seq limit ?',
  );
  const rows = (roomId: string, after: number, limit: number) => statement.all(roomId, after, limit);
  return {
    rows,
    parsed: (roomId: string, after: number, limit: number) =>
      rows(roomId, after, limit).map((row) => ({ ...row, data: JSON.parse(row.data) as unknown })),
    close: () => void file.close(),
  };
}
