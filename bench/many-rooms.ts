/** Live text in many rooms of one process: a real Kibitz process, its gateway alone, and stock Socket.IO. */
import { openKibitz, openOwnTokens, startEndpoint } from './fanout/contestants.ts';
import { compared, runInTurn } from './fanout/report.ts';
import type { Shape } from './fanout/shape.ts';
import { figure } from './lib/table.ts';
import { temporaryFolder } from './lib/temporary.ts';

const isQuick = process.argv.includes('--quick');
const rounds = isQuick ? 1 : 2;
const shape: Shape = isQuick
  ? { rooms: 60, tabs: 10, rate: 30, seconds: 1.3, spread: 0.7 }
  : { rooms: 500, tabs: 10, rate: 30, seconds: 5, spread: 3.5 };

const wayOf = `${shape.rooms} rooms × ${shape.tabs} tabs; in each room one reply of ${shape.rate} ten-character tokens a second for ${shape.seconds} s, which
begin one after the other within the first ${shape.spread} s. Three servers, each a process of its own:

- Kibitz as \`npm start\` runs it, which is asked for the replies and gets the tokens from ${shape.rooms} streams of an endpoint;
- its gateway alone, which does for the tabs all that the app does while the tokens are made in its process;
- the yardstick, stock Socket.IO, which makes its tokens likewise and emits each to its room as it comes.

A delivery is one token in one tab; its latency runs from when the token was due by a schedule that waits for nobody and,
where a reply is asked for, begins when the question was due. A token that has not come 2 s after the end is lost, and
infinitely late. The cores are those taken while all replies run; each server's load generator is a process of its own on
the same machine. ${rounds} alternating rounds, after one to warm up; medians (least–most), ratios within each round.`;

using folder = temporaryFolder();
using endpoint = await startEndpoint(shape);
using kibitz = await openKibitz(folder.path, endpoint.url, shape);
const args = [folder.path, String(shape.rooms)];
using gateway = await openOwnTokens('bench/many-rooms/gateway-server.ts', 'kibitz', shape, args);
using stock = await openOwnTokens('bench/many-rooms/stock-server.ts', 'stock', shape);
const measured = await runInTurn({ kibitz, gateway, stock }, rounds);
const offered = shape.rooms * shape.tabs * shape.rate;
const columns = { kibitz: 'Kibitz', gateway: 'gateway alone', stock: 'stock Socket.IO' };
console.log(`${wayOf}\n\n${figure(offered)} tokens/s offered\n`);
console.log(`${compared(measured, columns, ['gateway', 'stock'])}\n`);
console.log('To reach: 100 % delivered, p99 at most 200 ms, at most 0.9 core of the server.');
process.exit(0);
