/** A process: the load generator, all tabs of both servers. */
import type { Outcome, Shape } from './shape.ts';
import { askAll, type KibitzRoom, openKibitzTabs, openRawTabs } from './tabs.ts';
import { createTally, type Tally } from './tally.ts';

export type LoadRequest =
  | { do: 'open'; kibitzUrl: string; rawUrl: string; shape: Shape }
  | { do: 'run'; target: 'kibitz' | 'raw'; round: number };
export type LoadAnswer = { outcome?: Outcome };

let tally: Tally | undefined;
let rooms: KibitzRoom[] = [];
let shape: Shape | undefined;
const onToken = (frame: string) => tally?.take(frame);

async function serve(request: LoadRequest): Promise<LoadAnswer> {
  if (request.do === 'open') {
    shape = request.shape;
    rooms = await openKibitzTabs(request.kibitzUrl, shape, onToken);
    await openRawTabs(request.rawUrl, shape, onToken);
    return {};
  }
  if (shape === undefined) throw new Error('open the tabs first');
  tally = createTally(shape);
  process.send?.({});
  if (request.target === 'kibitz') await askAll(rooms, request.round);
  return { outcome: await tally.outcome() };
}

process.on('message', (request: LoadRequest) => void serve(request).then((answer) => process.send?.(answer)));
