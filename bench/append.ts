/** Acknowledged appends a second through the command handler, against the same rows written with a commit each. */
import { join } from 'node:path';
import { makeRoom, openEventLog, post } from './append/kibitz.ts';
import { createOneByOne } from './append/one-by-one.ts';
import type { Pace } from './append/pace.ts';
import { createRaw } from './append/raw.ts';
import { ratiosOf, spreadOf } from './lib/stats.ts';
import { spread, table } from './lib/table.ts';
import { temporaryFolder } from './lib/temporary.ts';

const writers = 100;
const isQuick = process.argv.includes('--quick');
const rounds = isQuick ? 5 : 15;
const ms = isQuick ? 250 : 800;

const wayOf = `${writers} writers post messages with a command id through the command handler (decide, append with the
timeline and the command's result, fold, publish), each waiting for its ack. The yardstick writes the same four rows by
prepared statements, one transaction and one commit each, into one room or into ${writers} in turn; \`one row\` inserts the row
of the event and nothing else, one commit each. SQLite, WAL, synchronous=FULL for all, ${rounds} alternating rounds of
${ms / 1_000} s; medians (least–most), the ratios taken within each round.`;

using folder = temporaryFolder();
const { db, eventLog } = await openEventLog(join(folder.path, 'kibitz.db'));
const raw = createRaw(join(folder.path, 'raw.db'));
const [oneByOne, oneByOneInMany] = await Promise.all([
  createOneByOne(join(folder.path, 'one.db'), 1),
  createOneByOne(join(folder.path, 'many.db'), writers),
]);
const oneRoom = await makeRoom(eventLog, writers);
const manyRooms = (await Promise.all(Array.from({ length: writers }, () => makeRoom(eventLog, 1)))).flat();

type Round = { raw: Pace; oneByOne: Pace; oneByOneInMany: Pace; one: Pace; many: Pace };
const measure = async (): Promise<Round> => ({
  raw: await raw.run(ms),
  oneByOne: await oneByOne.run(ms),
  one: await post(eventLog, oneRoom, ms),
  oneByOneInMany: await oneByOneInMany.run(ms),
  many: await post(eventLog, manyRooms, ms),
});
await measure();
const figures: Round[] = [];
for (let round = 0; round < rounds; round += 1) figures.push(await measure());
raw.close();
oneByOne.close();
oneByOneInMany.close();
await db.close();

function row(name: string, of: (round: Round) => Pace, yardstick: (round: Round) => Pace): string[] {
  const times = (against: (round: Round) => Pace) =>
    spread(
      ratiosOf(
        figures,
        (round) => of(round).perSecond,
        (round) => against(round).perSecond,
      ),
    );
  return [
    name,
    spread(spreadOf(figures.map((round) => of(round).perSecond))),
    of === yardstick ? '1' : times(yardstick),
    times(({ raw }) => raw),
    spread(spreadOf(figures.map((round) => of(round).cpuMicros))),
  ];
}

const yardstick = (round: Round) => round.oneByOne;
const yardstickInMany = (round: Round) => round.oneByOneInMany;
console.log(`${wayOf}\n`);
console.log(
  table(
    ['', 'acked events/s', '× same rows', '× one row', 'CPU an event, µs'],
    [
      row('one row, a commit each', ({ raw }) => raw, yardstick),
      row('same rows, a commit each, one room', yardstick, yardstick),
      row('command handler, one room', ({ one }) => one, yardstick),
      row(`same rows, a commit each, ${writers} rooms`, yardstickInMany, yardstickInMany),
      row(`command handler, ${writers} rooms`, ({ many }) => many, yardstickInMany),
    ],
  ),
);
console.log('\nTo reach: 10 times the same rows with a commit each.');
