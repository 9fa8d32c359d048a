/** A process: the load generator, all tabs of one server. */
import { beginsAfter, type Outcome, type Shape } from './shape.ts';
import { question, whenDue } from './stamp.ts';
import { type KibitzRoom, makeRooms, openKibitzTabs, openRawTabs, openStockTabs } from './tabs.ts';
import { createTally, type Tally } from './tally.ts';

/**
 * `kibitz` makes rooms of its own and has their replies begin by messages, `rooms` are there already, `stock` is a plain
 * Socket.IO server, `raw` a plain `ws` one.
 */
export type LoadRequest =
  | { do: 'open'; kind: 'kibitz' | 'stock' | 'raw'; url: string; shape: Shape; rooms?: KibitzRoom[] }
  /** `asks`: whether the load generator has the replies begin, or somebody else. */
  | { do: 'run'; startMicros: number; asks: boolean };
export type LoadAnswer = { outcome?: Outcome; rooms?: KibitzRoom[] };

let tally: Tally | undefined;
let shape: Shape | undefined;
let askIn: (room: number, text: string) => void = () => {};
const onToken = (frame: string) => tally?.take(frame);

/** Opens the tabs; the rooms, where they were made for it. */
async function open({ kind, url, shape, rooms }: LoadRequest & { do: 'open' }): Promise<LoadAnswer> {
  if (kind === 'raw') {
    await openRawTabs(url, shape, onToken);
    return {};
  }
  if (kind === 'stock') {
    const ask = await openStockTabs(url, shape, onToken);
    askIn = (room, text) => ask[room]?.(text);
    return {};
  }
  if (rooms !== undefined) {
    await openKibitzTabs(url, rooms, shape.tabs, onToken);
    return {};
  }
  const own = await makeRooms(url, shape.rooms);
  const ask = await openKibitzTabs(url, own, shape.tabs, onToken);
  askIn = (room, text) => ask[room]?.(text);
  return { rooms: own.map(({ roomId, cookie }) => ({ roomId, cookie })) };
}

/** Asks in every room when it is due, and says in the question when that was. */
function askAll(shape: Shape, startMicros: number): void {
  for (let room = 0; room < shape.rooms; room += 1) {
    const due = startMicros + beginsAfter(shape, room);
    // A question that finds no answer shows in what is not delivered.
    whenDue(due, () => askIn(room, question(due)));
  }
}

async function serve(request: LoadRequest): Promise<LoadAnswer> {
  if (request.do === 'open') {
    shape = request.shape;
    return open(request);
  }
  if (shape === undefined) throw new Error('open the tabs first');
  tally = createTally(shape, request.startMicros);
  if (request.asks) askAll(shape, request.startMicros);
  const outcome = await tally.outcome();
  await tally.silence();
  return { outcome };
}

process.on('message', (request: LoadRequest) => void serve(request).then((answer) => process.send?.(answer)));
