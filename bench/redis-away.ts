/** Redis goes away in the middle of things and comes back: what the tabs notice, before, during and after. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../test/support/service.ts';
import { asking, startEndpoint } from './fanout/contestants.ts';
import type { Shape } from './fanout/shape.ts';
import { nowMicros } from './fanout/stamp.ts';
import { ask, startProcess } from './lib/child.ts';
import { startKibitz } from './lib/kibitz-process.ts';
import { startOwnRedis } from './lib/own-redis.ts';
import { ratiosOf, spreadOf } from './lib/stats.ts';
import { spread, table } from './lib/table.ts';
import { temporaryFolder } from './lib/temporary.ts';
import type { LoadAnswer, LoadRequest, Look } from './redis-away/load.ts';
import { percentOf } from './redis-away/phases.ts';

const isQuick = process.argv.includes('--quick');
const ways = isQuick ? (['killed'] as const) : (['killed', 'hung', 'killed', 'hung'] as const);
/** Seconds: with Redis, without it, and from its return until nothing may be missing. */
const [before, away, back] = isQuick ? [1, 1, 2] : [4, 5, 5];
/** Seconds in which a reply begins and which do not count; and that a token may be under way at the end. */
const [warming, underway] = [0.5, 0.5];
const seconds = warming + before + away + back + 1;
const shape: Shape = { rooms: 10, tabs: 3, rate: 50, seconds, spread: 0.2 };

const wayOf = `${shape.rooms} rooms, each with ${shape.tabs} tabs at each of two Kibitz processes on one database and a Redis of their own; one reply
of ${shape.rate} tokens a second goes on in each all the time, and twice a second a fact is written down. After ${before} s Redis is
killed, or stopped so that it hangs, for ${away} s; then it is started again, empty, or goes on. Local tabs are those at the
process that runs the reply of their room: how late their tokens are, from when they were due, in the time in which
Redis was there, against that in which it was away. Of the other tabs, which sync by the protocol where they notice a
hole, it is counted ${back} s after the return what they have of all tokens and facts that were due or acknowledged up to ${underway} s
before. ${ways.length} rounds, each with processes of its own; medians (least–most), ratios within each round.`;

async function runOnce(how: 'killed' | 'hung'): Promise<Look> {
  using folder = temporaryFolder();
  const port = await freePort();
  using redis = await startOwnRedis(port);
  using endpoint = await startEndpoint(shape);
  const env = { ...asking(endpoint.url), REDIS_URL: redis.url };
  const databaseUrl = `sqlite:${join(folder.path, 'kibitz.db')}`;
  const [here, there] = [await startKibitz(databaseUrl, env), await startKibitz(databaseUrl, env)];
  using _here = here.child;
  using _there = there.child;
  using load = startProcess('bench/redis-away/load.ts');
  const tell = (request: LoadRequest) => ask<LoadAnswer>(load, request);
  await tell({ do: 'open', here: here.url, there: there.url, shape });

  const startMicros = nowMicros();
  await tell({ do: 'begin', startMicros });
  await pause((warming + before) * 1_000);
  const from = nowMicros();
  if (how === 'killed') await redis.kill('SIGKILL');
  else redis.signal('SIGSTOP');
  await pause(away * 1_000 - (nowMicros() - from) / 1_000);
  using again = how === 'killed' ? await startOwnRedis(port) : undefined;
  if (again === undefined) redis.signal('SIGCONT');
  const to = nowMicros();
  await pause(back * 1_000);
  const since = startMicros + warming * 1_000_000;
  const until = nowMicros() - underway * 1_000_000;
  const { look } = await tell({ do: 'look', since, absence: { from, to }, until });
  if (look === undefined) throw new Error('the load generator measured nothing');
  return look;
}

const looks: Look[] = [];
for (const how of ways) looks.push(await runOnce(how));
const of = (value: (look: Look) => number) => spread(spreadOf(looks.map(value)));
const against = (value: (look: Look) => number) =>
  spread(ratiosOf(looks, value, ({ local }) => local.before));
console.log(`${wayOf}\n`);
console.log(
  table(
    ['local tabs', 'latency p99, ms', '÷ before'],
    [
      ['before', of(({ local }) => local.before), '1'],
      ['Redis away', of(({ local }) => local.away), against(({ local }) => local.away)],
      ['back', of(({ local }) => local.after), against(({ local }) => local.after)],
    ],
  ),
);
console.log(
  `\n${table(
    [`${back} s after its return`, '% there'],
    [
      ['tokens in local tabs', of(({ localTokens }) => percentOf(localTokens))],
      ['tokens in the others', of(({ tokens }) => percentOf(tokens))],
      ['facts in the others', of(({ events }) => percentOf(events))],
    ],
  )}`,
);
console.log('\nTo reach: locally at most 2 times the p99 of before; nothing missing 5 s after the return.');
process.exit(0);
