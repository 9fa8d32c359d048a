/** From a message through turn, log and model endpoint to the tabs: a real Kibitz process against a naive server. */
import { openKibitz, openNaive, startEndpoint } from './fanout/contestants.ts';
import { compared, runInTurn } from './fanout/report.ts';
import type { Shape } from './fanout/shape.ts';
import { figure } from './lib/table.ts';
import { temporaryFolder } from './lib/temporary.ts';

const isQuick = process.argv.includes('--quick');
const rounds = isQuick ? 1 : 3;
const shape: Shape = isQuick
  ? { rooms: 60, tabs: 4, rate: 50, seconds: 1.3, spread: 0.7 }
  : { rooms: 300, tabs: 4, rate: 50, seconds: 6, spread: 3 };

const wayOf = `${shape.rooms} rooms × ${shape.tabs} tabs. In each room a person asks, and a reply of ${shape.rate} ten-character tokens a second for
${shape.seconds} s comes from an OpenAI-compatible endpoint; the questions are due one after the other within the first ${shape.spread} s. Kibitz
is the process that \`npm start\` runs: message and turn are made durable, the endpoint is asked, the text goes to the tabs
and, with the lease, into checkpoints, and the reply to the log. The yardstick reads the endpoint with the openai
client's iterator, emits each token with Socket.IO as it comes, and inserts four events a turn with a commit each. Servers,
endpoint and load generators are processes of their own. A delivery is one token in one tab. Token n is due n / ${shape.rate} s
after its *question* was due, as from a model that needs no time: what asking, starting the turn and every queue on the
way take is part of the latency, and up to 33 ms of it is Kibitz's beat. A token that has not come 2 s after the end is
lost, and infinitely late. ${rounds} alternating rounds, after one to warm up; medians (least–most), ratios within each round.`;

using folder = temporaryFolder();
using endpoint = await startEndpoint(shape);
using kibitz = await openKibitz(folder.path, endpoint.url, shape);
using naive = await openNaive(folder.path, endpoint.url, shape);
const measured = await runInTurn({ kibitz, naive }, rounds);
const offered = shape.rooms * shape.tabs * shape.rate;
console.log(`${wayOf}\n\n${figure(offered)} tokens/s offered\n`);
console.log(`${compared(measured, { kibitz: 'Kibitz', naive: 'naive' }, ['kibitz', 'naive'])}\n`);
console.log('To reach: 100 % delivered, p99 at most 120 ms.');
process.exit(0);
