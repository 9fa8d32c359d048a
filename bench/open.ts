/** Opening a room with a long history, against one with a short one. */
import { join } from 'node:path';
import { catchUp } from '../src/gateway/catch-up.ts';
import { makeRoom, openEventLog, postCount } from './append/kibitz.ts';
import { ratiosOf, spreadOf } from './lib/stats.ts';
import { figure, spread, table } from './lib/table.ts';
import { temporaryFolder } from './lib/temporary.ts';

const isQuick = process.argv.includes('--quick');
const sizes = { long: isQuick ? 20_000 : 100_000, short: 1_000 };
const rounds = isQuick ? 10 : 30;

const wayOf = `What a tab that joins a room waits for (\`gateway/catch-up.ts\`): the room's state from its snapshot and the events
since, in a process that has not opened the room yet, and the snapshot written out as JSON. ${rounds} alternating rounds, each on
a database opened anew (its pages may be in the system's cache); medians (least–most).`;

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
