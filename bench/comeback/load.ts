/** A process: tabs of one server, all of which but one a room are cut off in the middle of a reply and come back at once. */
import { setTimeout as pause } from 'node:timers/promises';
import { beginsAfter, type Shape, tokensPerReply } from '../fanout/shape.ts';
import { nowMicros, question, stampLength, whenDue } from '../fanout/stamp.ts';
import { makeRooms, type OwnRoom, postMessage } from '../fanout/tabs.ts';
import { inBatches } from '../lib/batches.ts';
import { percentile } from '../lib/stats.ts';
import { type Phases, phasesOf } from '../redis-away/phases.ts';
import { openKibitzTab, openRawTab, type Tab } from './tab.ts';

export type LoadRequest =
  | { do: 'open'; kind: 'kibitz' | 'raw'; url: string; shape: Shape }
  | { do: 'run'; startMicros: number; asks: boolean };

/** Milliseconds of those who came back, the lateness of tokens in the tabs that stayed, and who has the whole reply, where tabs can tell. */
export type Outcome = {
  joined: { p50: number; p99: number };
  live: { p50: number; p99: number };
  staying: Phases;
  whole: number;
};
export type LoadAnswer = { outcome?: Outcome };

/** Seconds into the run at which the tabs are cut; how long they are gone; and for how long the others are watched then. */
const [cutAfter, gone, watched] = [1, 0.5, 1];

let shape: Shape | undefined;
let own: OwnRoom[] = [];
let staying: Tab[] = [];
let leaving: Tab[] = [];

async function open({ kind, url, shape: wanted }: LoadRequest & { do: 'open' }): Promise<void> {
  shape = wanted;
  const { rooms, tabs } = wanted;
  if (kind === 'kibitz') own = await makeRooms(url, rooms);
  const all = await inBatches(rooms * tabs, 20, (tab) => {
    const room = own[tab % rooms];
    return room === undefined ? openRawTab(url, tab % rooms) : openKibitzTab(url, room);
  });
  staying = all.slice(0, rooms);
  leaving = all.slice(rooms);
}

async function run(shape: Shape, startMicros: number, asks: boolean): Promise<Outcome> {
  for (const tab of [...staying, ...leaving]) tab.reset();
  own.forEach((room, index) => {
    const due = startMicros + beginsAfter(shape, index);
    if (asks) whenDue(due, () => void postMessage(room, question(due)));
  });
  const until = (micros: number) => pause(Math.max(0, (micros - nowMicros()) / 1_000));
  const begun = startMicros + (shape.spread + 0.2) * 1_000_000;
  const backAt = startMicros + (shape.spread + cutAfter + gone) * 1_000_000;
  await until(backAt - gone * 1_000_000);
  for (const tab of leaving) tab.cut();
  await until(backAt);
  // All are due at the same moment: who waits for the others waits.
  const over = until(startMicros + (shape.spread + shape.seconds + 0.5) * 1_000_000);
  const never = over.then(() => ({ joined: Number.POSITIVE_INFINITY, live: Number.POSITIVE_INFINITY }));
  const times = await Promise.all(leaving.map((tab) => Promise.race([tab.comeBack(backAt), never])));
  await over;
  const whole = tokensPerReply(shape) * stampLength;
  const of = (values: number[]) => ({ p50: percentile(values, 50), p99: percentile(values, 99) });
  return {
    joined: of(times.map(({ joined }) => joined)),
    live: of(times.map(({ live }) => live)),
    staying: phasesOf(
      staying.flatMap(({ seen }) => seen),
      begun,
      { from: backAt, to: backAt + watched * 1_000_000 },
    ),
    whole: !asks
      ? Number.NaN
      : (100 * leaving.filter((tab) => tab.length() === whole).length) / leaving.length,
  };
}

async function serve(request: LoadRequest): Promise<LoadAnswer> {
  if (request.do === 'open') {
    await open(request);
    return {};
  }
  if (shape === undefined) throw new Error('open the tabs first');
  return { outcome: await run(shape, request.startMicros, request.asks) };
}

process.on('message', (request: LoadRequest) => void serve(request).then((answer) => process.send?.(answer)));
