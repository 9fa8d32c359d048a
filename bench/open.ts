/** Opening a room with a long history, against one with a short one; reading its last events, against a raw statement. */
import { join } from 'node:path';
import { catchUp } from '../src/gateway/catch-up.ts';
import { makeRoom, openEventLog, postCount } from './append/kibitz.ts';
import { median, ratiosOf, spreadOf } from './lib/stats.ts';
import { figure, spread, table } from './lib/table.ts';
import { temporaryFolder } from './lib/temporary.ts';
import { createRawReader } from './open/raw-reader.ts';

const isQuick = process.argv.includes('--quick');
const sizes = { long: isQuick ? 20_000 : 100_000, short: 1_000 };
const rounds = isQuick ? 10 : 30;
/** Events at the end of a log that are read, and readings a round. */
const last = 200;
const readings = 20;

const wayOf = `What a tab that joins a room waits for (\`gateway/catch-up.ts\`): the room's state from its snapshot and the events
since, in a process that has not opened the room yet, and the snapshot written out as JSON. ${rounds} alternating rounds, each on
a database opened anew (its pages may be in the system's cache); medians (least–most). Then the last ${last} events are read
from each log as whoever syncs gets them, checked and of the newest version, and by one prepared statement of
better-sqlite3, once as bare rows and once with their data parsed as JSON; each figure is the median of ${readings} readings
in a row.`;

using folder = temporaryFolder();
const path = join(folder.path, 'kibitz.db');

/** Fills a room of a hundred writers; its id. */
async function fill(events: number): Promise<string> {
  const { db, eventLog } = await openEventLog(path);
  const writers = await makeRoom(eventLog, 100);
  const roomId = writers[0]?.roomId ?? '';
  await postCount(eventLog, writers, events - 1 - writers.length - 1);
  // The last snapshot is written beside the appends.
  await eventLog.newestStateOf(roomId);
  await db.close();
  return roomId;
}

async function open(roomId: string): Promise<{ ms: number; head: number }> {
  const { db, eventLog } = await openEventLog(path);
  const startedAt = performance.now();
  const caughtUp = await catchUp(eventLog, roomId, '', {});
  JSON.stringify(caughtUp);
  const ms = performance.now() - startedAt;
  await db.close();
  return { ms, head: caughtUp.head };
}

/** Milliseconds that a reading takes, in the middle of a few. */
async function timed(read: () => unknown): Promise<number> {
  const all: number[] = [];
  for (let time = 0; time < readings; time += 1) {
    const startedAt = performance.now();
    await read();
    all.push(performance.now() - startedAt);
  }
  return median(all);
}

type Reading = { long: number; short: number; rows: number; json: number };

async function readLast(): Promise<Reading[]> {
  const { db, eventLog } = await openEventLog(path);
  const raw = createRawReader(path);
  const lastOf = (size: keyof typeof rooms) => eventLog.eventsAfter(rooms[size], heads[size] - last, last);
  if ((await lastOf('long')).length !== last || raw.rows(rooms.long, heads.long - last, last).length !== last)
    throw new Error('not all that was to be read was read');
  const all: Reading[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const reading = {
      long: await timed(() => lastOf('long')),
      short: await timed(() => lastOf('short')),
      rows: await timed(() => raw.rows(rooms.long, heads.long - last, last)),
      json: await timed(() => raw.parsed(rooms.long, heads.long - last, last)),
    };
    // The first warms up.
    if (round > 0) all.push(reading);
  }
  raw.close();
  await db.close();
  return all;
}

const rooms = { long: await fill(sizes.long), short: await fill(sizes.short) };
const heads = { long: (await open(rooms.long)).head, short: (await open(rooms.short)).head };
const figures: { long: number; short: number }[] = [];
for (let round = 0; round < rounds; round += 1) {
  figures.push({ long: (await open(rooms.long)).ms, short: (await open(rooms.short)).ms });
}

console.log(`${wayOf}\n`);
console.log(
  table(
    ['room', 'opening, ms', 'ratio'],
    [
      [`${figure(heads.short)} events`, spread(spreadOf(figures.map(({ short }) => short))), '1'],
      [
        `${figure(heads.long)} events`,
        spread(spreadOf(figures.map(({ long }) => long))),
        spread(
          ratiosOf(
            figures,
            ({ long }) => long,
            ({ short }) => short,
          ),
        ),
      ],
    ],
  ),
);
const read = await readLast();
const readingRow = (name: string, of: (one: Reading) => number, against: ((one: Reading) => number)[]) => [
  name,
  spread(spreadOf(read.map(of))),
  ...against.map((yardstick) => (yardstick === of ? '1' : spread(ratiosOf(read, of, yardstick)))),
];
const [short, rows, json] = [
  (one: Reading) => one.short,
  (one: Reading) => one.rows,
  (one: Reading) => one.json,
];
console.log(
  `\n${table(
    [`the last ${last} events`, 'reading, ms', '÷ short room', '÷ rows', '÷ rows and JSON'],
    [
      readingRow(`of ${figure(heads.short)}`, short, [short, rows, json]),
      readingRow(`of ${figure(heads.long)}`, ({ long }) => long, [short, rows, json]),
      readingRow('a raw statement, rows', rows, [short, rows, json]),
      readingRow('a raw statement, rows and JSON', json, [short, rows, json]),
    ],
  )}`,
);
console.log(
  '\nTo reach: opening at most 1.3 times the short room; reading at most 1.3 times a raw statement.',
);
