/** A process: tabs at two Kibitz processes, which keep what they are told of their rooms and make up for what they miss. */
import { z } from 'zod';
import { Person } from '../../test/support/client.ts';
import { RoomView } from '../../test/support/room-view.ts';
import { beginsAfter, type Shape } from '../fanout/shape.ts';
import { eachStamp, nowMicros, question, whenDue } from '../fanout/stamp.ts';
import { makeRooms, type OwnRoom, postMessage } from '../fanout/tabs.ts';
import { type Absence, type Phases, phasesOf, type Seen, type Share } from './phases.ts';

export type LoadRequest =
  | { do: 'open'; here: string; there: string; shape: Shape }
  | { do: 'begin'; startMicros: number }
  /** What has become of what was due from `since` to `until`. */
  | { do: 'look'; since: number; absence: Absence; until: number };

/** Of the tabs at the process that runs the reply of their room, and of the others. */
export type Look = { local: Phases; localTokens: Share[]; tokens: Share[]; events: Share[] };
export type LoadAnswer = { look?: Look };

/** The tabs of a room at one process, and the live text they were sent. */
type Side = { views: RoomView[]; seen: Seen[] };
/** `written`: where facts stand in the log, and when they were acknowledged. */
type Room = { own: OwnRoom; sides: [Side, Side]; written: { seq: number; at: number }[] };

/** Milliseconds between facts that are written down in each room. */
const factEvery = 500;

let rooms: Room[] = [];
let shape: Shape | undefined;
let startedAt = 0;

async function openSide(url: string, own: OwnRoom, tabs: number): Promise<Side> {
  const side: Side = { views: [], seen: [] };
  for (let index = 0; index < tabs; index += 1) {
    const tab = await Object.assign(new Person(url), { cookie: own.cookie }).connect();
    tab.on('token', ({ text }) => {
      const now = nowMicros();
      eachStamp(text, (due) => void side.seen.push({ due, late: (now - due) / 1_000 }));
    });
    const view = new RoomView(tab, own.roomId);
    await view.join();
    side.views.push(view);
  }
  return side;
}

async function open({ here, there, shape }: LoadRequest & { do: 'open' }): Promise<void> {
  for (const own of await makeRooms(here, shape.rooms)) {
    const sides: [Side, Side] = [
      await openSide(here, own, shape.tabs),
      await openSide(there, own, shape.tabs),
    ];
    rooms.push({ own, sides, written: [] });
  }
}

const factAdded = z.object({ seq: z.int() });

async function addFact({ own, written }: Room, text: string): Promise<void> {
  const path = `/api/rooms/${own.roomId}/commands/fact.add`;
  const { seq } = await own.owner.post(path, { text }, factAdded);
  written.push({ seq, at: nowMicros() });
}

function begin(shape: Shape, startMicros: number): void {
  startedAt = startMicros;
  rooms.forEach((room, index) => {
    const due = startMicros + beginsAfter(shape, index);
    whenDue(due, () => void postMessage(room.own, question(due)));
  });
  let facts = 0;
  setInterval(() => {
    facts += 1;
    for (const room of rooms) void addFact(room, `Fact ${facts} of the benchmark.`);
  }, factEvery);
}

/** How many of the tokens due until `until` a tab shows, live or in its place in the history. */
function tokensIn(view: RoomView, until: number): number {
  let count = 0;
  for (const text of [...[...view.drafts.values()].map((draft) => draft.text), ...view.texts()]) {
    // Questions tell a time, too, in the middle of a sentence.
    if (!text.startsWith('~')) continue;
    eachStamp(text, (due) => {
      if (due >= startedAt && due <= until) count += 1;
    });
  }
  return count;
}

function look(shape: Shape, { since, absence, until }: LoadRequest & { do: 'look' }): Look {
  const awayAt = ({ seen }: Side) => seen.filter(({ due }) => due >= absence.from && due < absence.to).length;
  const all: Look & { seen: Seen[] } = {
    local: { before: 0, away: 0, after: 0 },
    localTokens: [],
    tokens: [],
    events: [],
    seen: [],
  };
  rooms.forEach(({ sides, written }, index) => {
    // Whichever process took the turn.
    const [local, remote] = sides.toSorted((a, b) => awayAt(b) - awayAt(a)) as [Side, Side];
    all.seen.push(...local.seen);
    const begun = startedAt + beginsAfter(shape, index);
    const due = Math.floor(((until - begun) * shape.rate) / 1_000_000) + 1;
    for (const view of local.views) all.localTokens.push({ has: tokensIn(view, until), should: due });
    const facts = written.filter(({ at }) => at <= until);
    for (const view of remote.views) {
      const head = view.state?.seq ?? 0;
      all.tokens.push({ has: tokensIn(view, until), should: due });
      all.events.push({ has: facts.filter(({ seq }) => seq <= head).length, should: facts.length });
    }
  });
  const { seen, ...counted } = all;
  return { ...counted, local: phasesOf(seen, since, absence) };
}

async function serve(request: LoadRequest): Promise<LoadAnswer> {
  if (request.do === 'open') {
    shape = request.shape;
    rooms = [];
    await open(request);
    return {};
  }
  if (shape === undefined) throw new Error('open the tabs first');
  if (request.do === 'look') return { look: look(shape, request) };
  begin(shape, request.startMicros);
  return {};
}

process.on('message', (request: LoadRequest) => void serve(request).then((answer) => process.send?.(answer)));
