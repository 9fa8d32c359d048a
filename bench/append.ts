/** Acknowledged appends a second through the command handler, against one raw statement a transaction on the same disk. */
import { join } from 'node:path';
import { makeRoom, openEventLog, post } from './append/kibitz.ts';
import type { Pace } from './append/pace.ts';
import { createRaw } from './append/raw.ts';
import { ratiosOf, spreadOf } from './lib/stats.ts';
import { spread, table } from './lib/table.ts';
import { temporaryFolder } from './lib/temporary.ts';

const writers = 100;
const isQuick = process.argv.includes('--quick');
const rounds = isQuick ? 5 : 15;
const ms = isQuick ? 300 : 800;

const wayOf = `${writers} writers post messages with a command id through the command handler (decide, append with the
timeline and the command's result, fold, publish), each waiting for its ack. The yardstick inserts the row of the event
and nothing else, one statement and one commit each. SQLite, WAL, synchronous=FULL for both, ${rounds} alternating rounds
of ${ms / 1_000} s; medians (least–most), the ratio taken within each round.`;

using folder = temporaryFolder();
const { db, eventLog } = await openEventLog(join(folder.path, 'kibitz.db'));
const raw = createRaw(join(folder.path, 'raw.db'));
const oneRoom = await makeRoom(eventLog, writers);
const manyRooms = (await Promise.all(Array.from({ length: writers }, () => makeRoom(eventLog, 1)))).flat();

await raw.run(ms);
await post(eventLog, oneRoom, ms);
await post(eventLog, manyRooms, ms);
type Round = { raw: Pace; one: Pace; many: Pace };
const figures: Round[] = [];
for (let round = 0; round < rounds; round += 1) {
  figures.push({
    raw: await raw.run(ms),
    one: await post(eventLog, oneRoom, ms),
    many: await post(eventLog, manyRooms, ms),
  });
}
raw.close();
await db.close();

function row(name: string, of: (round: Round) => Pace): string[] {
  const ratio = ratiosOf(
    figures,
    (round) => of(round).perSecond,
    ({ raw }) => raw.perSecond,
  );
  return [
    name,
    spread(spreadOf(figures.map((round) => of(round).perSecond))),
    spread(ratio),
    spread(spreadOf(figures.map((round) => of(round).cpuMicros))),
  ];
}

console.log(`${wayOf}\n`);
console.log(
  table(
    ['', 'acked events/s', '× raw', 'CPU an event, µs'],
    [
      row('raw, one commit a row', ({ raw }) => raw),
      row('command handler, one room', ({ one }) => one),
      row(`command handler, ${writers} rooms`, ({ many }) => many),
    ],
  ),
);
