/** From a message in one tab to the first word of the answer in another, against the openai client alone. */
import { join } from 'node:path';
import type { Shape } from './fanout/shape.ts';
import { createBareClient } from './first-token/bare-client.ts';
import { createTabPair } from './first-token/through-kibitz.ts';
import { answerOf, ask, startProcess } from './lib/child.ts';
import { startKibitz } from './lib/kibitz-process.ts';
import { percentile, ratiosOf, spreadOf } from './lib/stats.ts';
import { spread, table } from './lib/table.ts';
import { temporaryFolder } from './lib/temporary.ts';

const isQuick = process.argv.includes('--quick');
const rounds = isQuick ? 3 : 7;
const times = isQuick ? 20 : 50;
const shape: Shape = { rooms: 1, tabs: 2, rate: 100, seconds: 0.05, spread: 0 };

const wayOf = `One tab posts a message by socket, another tab of the room sees the first live text; between them the message and the
turn's start are made durable and the model endpoint is asked. The yardstick is the openai client asking the same
endpoint directly. The endpoint answers within 2 ms. One at a time; ${rounds} alternating rounds of ${times}; medians
(least–most) of the rounds' medians and 95th percentiles.`;

using folder = temporaryFolder();
using endpoint = startProcess('bench/fanout/endpoint.ts');
const { url: modelUrl } = await answerOf<{ url: string }>(endpoint);
await ask(endpoint, shape);
const env = { OPENAI_BASE_URL: modelUrl, OPENAI_API_KEY: '', MODEL: 'bench' };
const { child, url } = await startKibitz(`sqlite:${join(folder.path, 'kibitz.db')}`, env);
using _kibitz = child;
const tabs = await createTabPair(url);
const bare = createBareClient(modelUrl);

async function sample(one: { measure(text: string): Promise<number> }): Promise<number[]> {
  const all: number[] = [];
  for (let time = 0; time < times; time += 1) all.push(await one.measure(`Question ${time}?`));
  return all;
}

await sample(tabs);
await sample(bare);
const figures: { kibitz: number[]; bare: number[] }[] = [];
for (let round = 0; round < rounds; round += 1) {
  figures.push({ kibitz: await sample(tabs), bare: await sample(bare) });
}
tabs.close();

console.log(`${wayOf}\n`);
const rows = [50, 95].map((percent) => [
  `p${percent}, ms`,
  spread(spreadOf(figures.map(({ kibitz }) => percentile(kibitz, percent)))),
  spread(spreadOf(figures.map((round) => percentile(round.bare, percent)))),
  spread(
    ratiosOf(
      figures,
      ({ kibitz }) => percentile(kibitz, percent),
      (round) => percentile(round.bare, percent),
    ),
  ),
]);
const added = figures.map((round) => percentile(round.kibitz, 50) - percentile(round.bare, 50));
console.log(table(['time to first token', 'tab to tab', 'openai client', 'ratio'], rows));
console.log(`\nAdded, ms, at the median: ${spread(spreadOf(added))}. To reach: at most 10.`);
