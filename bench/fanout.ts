/** Live text to many tabs: a real Kibitz process against a bare `ws` server with the same frames at the same beat. */
import { join } from 'node:path';
import type { LoadAnswer, LoadRequest } from './fanout/load.ts';
import type { Outcome, Shape } from './fanout/shape.ts';
import { answerOf, ask, cpuSeconds, startProcess } from './lib/child.ts';
import { startKibitz } from './lib/kibitz-process.ts';
import { ratiosOf, spreadOf } from './lib/stats.ts';
import { figure, spread, table } from './lib/table.ts';
import { temporaryFolder } from './lib/temporary.ts';

const isQuick = process.argv.includes('--quick');
const rounds = isQuick ? 2 : 5;
const seconds = isQuick ? 3 : 6;
const shapes: Shape[] = [
  { rooms: 10, tabs: 20, rate: 50, seconds },
  { rooms: 20, tabs: 50, rate: 50, seconds },
  { rooms: 60, tabs: 50, rate: 50, seconds },
];

const wayOf = `Every room has one reply of 50 ten-character tokens a second, shown in all its tabs. Kibitz gets the tokens from an
OpenAI-compatible endpoint and does all it does (turn, lease, log, checkpoints, Socket.IO); the yardstick is a bare \`ws\`
server that makes its tokens itself and writes frames of the same size on the same 33 ms beat, with no coalescing beyond
it. Servers, endpoint and load generator are processes of their own on one machine. A delivery is one token in one tab;
its latency runs from when the token was due, so up to 33 ms of it is the beat, on both sides. Where a server cannot
keep up, its frames grow and get fewer: compare tokens with tokens and frames with frames. CPU is the server process's,
divided by frames delivered. ${rounds} alternating rounds of ${seconds} s; medians (least–most), ratios within each round.`;

type Measured = Outcome & { cpu: number };
type Round = { kibitz: Measured; raw: Measured };

async function measure(shape: Shape): Promise<Round[]> {
  using folder = temporaryFolder();
  using endpoint = startProcess('bench/fanout/endpoint.ts');
  const { url: modelUrl } = await answerOf<{ url: string }>(endpoint);
  await ask(endpoint, shape);
  using raw = startProcess('bench/fanout/raw-server.ts');
  const { url: rawUrl } = await answerOf<{ url: string }>(raw);
  const env = { OPENAI_BASE_URL: modelUrl, OPENAI_API_KEY: '', MODEL: 'bench' };
  const { child, url: kibitzUrl } = await startKibitz(`sqlite:${join(folder.path, 'kibitz.db')}`, env);
  using kibitz = child;
  using load = startProcess('bench/fanout/load.ts');
  await ask(load, { do: 'open', kibitzUrl, rawUrl, shape } satisfies LoadRequest);

  async function run(target: 'kibitz' | 'raw', round: number): Promise<Measured> {
    const server = target === 'kibitz' ? kibitz : raw;
    const before = cpuSeconds(server);
    await ask(load, { do: 'run', target, round } satisfies LoadRequest);
    if (target === 'raw') await ask(raw, shape);
    const { outcome } = await answerOf<LoadAnswer>(load);
    if (outcome === undefined) throw new Error('the load generator measured nothing');
    return { ...outcome, cpu: cpuSeconds(server) - before };
  }

  const measured: Round[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const both = { kibitz: await run('kibitz', round), raw: await run('raw', round) };
    // The first warms up both.
    if (round > 0) measured.push(both);
  }
  return measured;
}

const rows: { name: string; of: (one: Measured) => number }[] = [
  { name: 'tokens delivered/s', of: ({ tokens, seconds }) => tokens / seconds },
  { name: 'frames delivered/s', of: ({ frames, seconds }) => frames / seconds },
  { name: 'tokens delivered %', of: ({ tokens, expected }) => (100 * tokens) / expected },
  { name: 'latency p50, ms', of: ({ p50 }) => p50 },
  { name: 'latency p99, ms', of: ({ p99 }) => p99 },
  { name: 'server CPU a frame, µs', of: ({ cpu, frames }) => (cpu * 1e6) / frames },
];

console.log(`${wayOf}\n`);
for (const shape of shapes) {
  const measured = await measure(shape);
  const offered = shape.rooms * shape.tabs * shape.rate;
  console.log(`${shape.rooms} rooms × ${shape.tabs} tabs: ${figure(offered)} tokens/s offered\n`);
  const cells = rows.map(({ name, of }) => [
    name,
    spread(spreadOf(measured.map(({ kibitz }) => of(kibitz)))),
    spread(spreadOf(measured.map(({ raw }) => of(raw)))),
    spread(
      ratiosOf(
        measured,
        ({ kibitz }) => of(kibitz),
        ({ raw }) => of(raw),
      ),
    ),
  ]);
  console.log(`${table(['', 'Kibitz', 'raw ws', 'Kibitz ÷ raw'], cells)}\n`);
}
process.exit(0);
