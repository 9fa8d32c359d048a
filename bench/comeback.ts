/** Many tabs that lose their connection in the middle of replies and come back at once, against bare `ws`. */
import { join } from 'node:path';
import type { LoadAnswer, LoadRequest, Outcome } from './comeback/load.ts';
import { asking, startEndpoint } from './fanout/contestants.ts';
import type { Run } from './fanout/replies.ts';
import type { Shape } from './fanout/shape.ts';
import { nowMicros } from './fanout/stamp.ts';
import { answerOf, ask, startProcess } from './lib/child.ts';
import { startKibitz } from './lib/kibitz-process.ts';
import { spreadOf } from './lib/stats.ts';
import { figure, spread, table } from './lib/table.ts';
import { temporaryFolder } from './lib/temporary.ts';

const isQuick = process.argv.includes('--quick');
const rounds = isQuick ? 1 : 5;
// One tab more in each room, which stays.
const shape: Shape = isQuick
  ? { rooms: 10, tabs: 21, rate: 10, seconds: 3, spread: 0.2 }
  : { rooms: 20, tabs: 51, rate: 10, seconds: 5, spread: 0.2 };
const comingBack = shape.rooms * (shape.tabs - 1);

const wayOf = `${figure(comingBack)} tabs in ${shape.rooms} rooms, each with a reply of ${shape.rate} tokens a second, are cut off in the middle of it and all come
back half a second later, at the same moment, from which their times run: to a new connection, signed in, and in the room
again with what they missed and the reply so far; and to the next live text. At the bare \`ws\` server of the yardstick a
connection is all there is. In the tabs that stay, one a room, it is seen how late tokens are before that and in the second
after it. ${rounds} alternating rounds, after one to warm up; medians (least–most).`;

using folder = temporaryFolder();
using endpoint = await startEndpoint(shape);
const { child, url } = await startKibitz(`sqlite:${join(folder.path, 'kibitz.db')}`, asking(endpoint.url));
using _kibitz = child;
using raw = startProcess('bench/fanout/raw-server.ts');
const { url: rawUrl } = await answerOf<{ url: string }>(raw);
using kibitzTabs = startProcess('bench/comeback/load.ts');
using rawTabs = startProcess('bench/comeback/load.ts');
await ask(kibitzTabs, { do: 'open', kind: 'kibitz', url, shape } satisfies LoadRequest);
await ask(rawTabs, { do: 'open', kind: 'raw', url: rawUrl, shape } satisfies LoadRequest);

async function run(target: 'kibitz' | 'raw'): Promise<Outcome> {
  const startMicros = nowMicros() + 200_000;
  const tabs = target === 'kibitz' ? kibitzTabs : rawTabs;
  const answer = ask<LoadAnswer>(tabs, {
    do: 'run',
    startMicros,
    asks: target === 'kibitz',
  } satisfies LoadRequest);
  if (target === 'raw') await ask(raw, { startMicros, shape } satisfies Run);
  const { outcome } = await answer;
  if (outcome === undefined) throw new Error('the load generator measured nothing');
  return outcome;
}

const all: { kibitz: Outcome; raw: Outcome }[] = [];
for (let round = 0; round <= rounds; round += 1) {
  const both = { kibitz: await run('kibitz'), raw: await run('raw') };
  if (round > 0) all.push(both);
}

const rows: [string, (outcome: Outcome) => number][] = [
  ['in the room again p50, ms', ({ joined }) => joined.p50],
  ['in the room again p99, ms', ({ joined }) => joined.p99],
  ['live text again p99, ms', ({ live }) => live.p99],
  ['tabs with the whole reply in the end, %', ({ whole }) => whole],
  ['tabs that stay, p99 before, ms', ({ staying }) => staying.before],
  ['tabs that stay, p99 meanwhile, ms', ({ staying }) => staying.away],
];
console.log(`${wayOf}\n`);
const cells = rows.map(([name, of]) => [
  name,
  spread(spreadOf(all.map(({ kibitz }) => of(kibitz)))),
  spread(spreadOf(all.map((round) => of(round.raw)))),
]);
console.log(table(['', 'Kibitz', 'raw ws'], cells));
process.exit(0);
