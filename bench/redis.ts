/** Live text from one process to the tabs of another, through Redis, against one process. */
import { freePort } from '../test/support/service.ts';
import { openKibitz, openPair, startEndpoint } from './fanout/contestants.ts';
import { compared } from './fanout/report.ts';
import type { Shape } from './fanout/shape.ts';
import { startOwnRedis } from './lib/own-redis.ts';
import { figure } from './lib/table.ts';
import { temporaryFolder } from './lib/temporary.ts';

const isQuick = process.argv.includes('--quick');
const rounds = isQuick ? 1 : 5;
const seconds = isQuick ? 1.2 : 5;
const shape: Shape = { rooms: 20, tabs: 10, rate: 50, seconds, spread: 0.4 };

const wayOf = `${shape.rooms} rooms with one reply of ${shape.rate} ten-character tokens a second each, for ${shape.seconds} s. Two Kibitz processes share a database
and a Redis of their own; every room has ${shape.tabs} tabs at each. Replies are asked for at the first process, which runs them
but for a few that the second takes. The yardstick is one process without Redis that has all ${2 * shape.tabs} tabs. Latency runs from
when a token was due by a schedule that begins when the question was due, so up to 33 ms of it is the beat. ${rounds}
alternating rounds, after one to warm up; medians (least–most), ratios within each round.`;

using folder = temporaryFolder();
using redis = await startOwnRedis(await freePort());
using endpoint = await startEndpoint(shape);
using one = await openKibitz(folder.path, endpoint.url, { ...shape, tabs: 2 * shape.tabs });
using pair = await openPair(folder.path, endpoint.url, redis.url, shape);
const all = [];
for (let round = 0; round <= rounds; round += 1) {
  const measured = { one: await one.run(), ...(await pair.run()) };
  if (round > 0) all.push(measured);
}
console.log(
  `${wayOf}\n\n${figure(shape.rooms * shape.tabs * 2 * shape.rate)} tokens/s offered, half of them at each of two\n`,
);
const columns = { one: 'one process', here: 'tabs of the first', there: 'tabs of the second' };
console.log(compared(all, columns, ['there', 'one']));
process.exit(0);
