/** Live text to many tabs: a real Kibitz process against a bare `ws` server with the same frames at the same beat. */
import { openKibitz, openOwnTokens, startEndpoint } from './fanout/contestants.ts';
import { compared, runInTurn } from './fanout/report.ts';
import type { Shape } from './fanout/shape.ts';
import { figure } from './lib/table.ts';
import { temporaryFolder } from './lib/temporary.ts';

const isQuick = process.argv.includes('--quick');
const rounds = isQuick ? 1 : 2;
const seconds = isQuick ? 1.5 : 3.5;
const shapes: Shape[] = [
  { rooms: 10, tabs: 20, rate: 50, seconds, spread: 0.2 },
  ...(isQuick ? [] : [{ rooms: 20, tabs: 50, rate: 50, seconds, spread: 0.4 }]),
  ...(isQuick ? [] : [{ rooms: 60, tabs: 50, rate: 50, seconds, spread: 1 }]),
];

const wayOf = `Every room has one reply of 50 ten-character tokens a second, shown in all its tabs. Kibitz gets the tokens from an
OpenAI-compatible endpoint and does all it does (turn, lease, log, checkpoints, Socket.IO); the yardstick is a bare \`ws\`
server that makes its tokens itself and writes frames of the same size on the same 33 ms beat, with no coalescing beyond
it. Servers, endpoint and load generators are processes of their own on one machine. A delivery is one token in one tab;
its latency runs from when the token was due, by a schedule that begins when the question was due, so up to 33 ms of it
is the beat, on both sides. Where a server cannot keep up, its frames grow and get fewer: compare tokens with tokens and
frames with frames. CPU is the server process's, divided by frames delivered. ${rounds} alternating rounds of ${seconds} s; medians
(least–most), ratios within each round.`;

console.log(`${wayOf}\n`);
for (const shape of shapes) {
  using folder = temporaryFolder();
  using endpoint = await startEndpoint(shape);
  using kibitz = await openKibitz(folder.path, endpoint.url, shape);
  using raw = await openOwnTokens('bench/fanout/raw-server.ts', 'raw', shape);
  const measured = await runInTurn({ kibitz, raw }, rounds);
  const offered = shape.rooms * shape.tabs * shape.rate;
  console.log(`${shape.rooms} rooms × ${shape.tabs} tabs: ${figure(offered)} tokens/s offered\n`);
  console.log(`${compared(measured, { kibitz: 'Kibitz', raw: 'raw ws' }, ['kibitz', 'raw'])}\n`);
}
process.exit(0);
