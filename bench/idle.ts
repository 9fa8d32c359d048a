/** What a tab costs that is open and does nothing, against bare `ws`. */
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { LoadRequest } from './idle/load.ts';
import { answerOf, ask, cpuSeconds, residentKiB, startProcess } from './lib/child.ts';
import { startKibitz } from './lib/kibitz-process.ts';
import { median, spreadOf } from './lib/stats.ts';
import { figure, spread, table } from './lib/table.ts';
import { temporaryFolder } from './lib/temporary.ts';

const isQuick = process.argv.includes('--quick');
const rounds = isQuick ? 1 : 3;
/** Those of before the first measurement fill what every server has once. */
const [first, more] = isQuick ? [10, 20] : [10, 40];
const perRoom = 50;
/** Seconds in which the server is watched. */
const watched = isQuick ? 0.6 : 4;

const wayOf = `The resident memory of a server's process with ${figure(first * perRoom)} tabs in ${first} rooms and then with ${figure(more * perRoom)} in ${more} rooms more, divided
by the tabs that came; and the processor time that all ${figure((first + more) * perRoom)} take while nothing happens, over ${watched} s. Memory is that of
Node with its usual limits, with garbage that it has not seen a reason to collect: the lowest of several looks counts.
The yardstick is a bare \`ws\` server. ${rounds} rounds with processes of their own; medians (least–most).`;

type Cost = { kib: number; micros: number };

async function lowest(server: ChildProcess): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < 5; look += 1) {
    await pause(100);
    least = Math.min(least, residentKiB(server));
  }
  return least;
}

async function measure(server: ChildProcess, kind: LoadRequest['kind'], url: string): Promise<Cost> {
  using load = startProcess('bench/idle/load.ts');
  const open = (rooms: number) => ask(load, { kind, url, rooms, tabs: perRoom } satisfies LoadRequest);
  await open(first);
  const before = await lowest(server);
  await open(more);
  const after = await lowest(server);
  const cpu = cpuSeconds(server);
  await pause(watched * 1_000);
  const seconds = cpuSeconds(server) - cpu;
  const tabs = (first + more) * perRoom;
  return { kib: (after - before) / (more * perRoom), micros: (seconds * 1e6) / watched / tabs };
}

async function measureKibitz(): Promise<Cost> {
  using folder = temporaryFolder();
  const { child, url } = await startKibitz(`sqlite:${join(folder.path, 'kibitz.db')}`, {});
  using server = child;
  return await measure(server, 'kibitz', url);
}

async function measureRaw(): Promise<Cost> {
  using server = startProcess('bench/fanout/raw-server.ts');
  const { url } = await answerOf<{ url: string }>(server);
  return await measure(server, 'raw', url);
}

const all: { kibitz: Cost; raw: Cost }[] = [];
for (let round = 0; round < rounds; round += 1)
  all.push({ kibitz: await measureKibitz(), raw: await measureRaw() });

const row = (name: string, of: (cost: Cost) => number) => {
  const [kibitz, raw] = [all.map((round) => of(round.kibitz)), all.map((round) => of(round.raw))];
  return [name, spread(spreadOf(kibitz)), spread(spreadOf(raw)), figure(median(kibitz) / median(raw))];
};
console.log(`${wayOf}\n`);
console.log(
  table(
    ['an idle tab', 'Kibitz', 'raw ws', 'Kibitz ÷ raw'],
    [row('memory, KiB', ({ kib }) => kib), row('CPU a second, µs', ({ micros }) => micros)],
  ),
);
process.exit(0);
