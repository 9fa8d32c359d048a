import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { answerOf, ask, cpuSeconds, startProcess } from '../lib/child.ts';
import { startKibitz } from '../lib/kibitz-process.ts';
import type { LoadAnswer, LoadRequest } from './load.ts';
import type { Run } from './replies.ts';
import type { Outcome, Shape } from './shape.ts';
import { nowMicros } from './stamp.ts';
import type { KibitzRoom } from './tabs.ts';

/**
 * What a run came to, the seconds of processor time that the server took for it, and the cores that server and load
 * generator took while all replies ran.
 */
export type Measured = Outcome & { cpu: number; cores: number; loadCores: number };

/** A server with all its tabs open, which live in a process of their own. */
export type Contestant = { run(): Promise<Measured>; [Symbol.dispose](): void };

/** Milliseconds from now until the first reply is to begin. */
const lead = 200;

type Opening = {
  server: ChildProcess & Disposable;
  kind: (LoadRequest & { do: 'open' })['kind'];
  url: string;
  rooms?: KibitzRoom[];
  shape: Shape;
  /** Tells a server that makes its tokens itself of a run; otherwise the load generator asks for replies. */
  begin?: (run: Run) => Promise<unknown>;
};

/** Opens the tabs of one server, in a process of their own. */
async function openTabs({ server, kind, url, rooms, shape }: Omit<Opening, 'begin'>) {
  const load = startProcess('bench/fanout/load.ts');
  const opening = { do: 'open' as const, kind, url, shape, ...(rooms === undefined ? {} : { rooms }) };
  const opened = await ask<LoadAnswer>(load, opening satisfies LoadRequest);

  /** The cores taken between when the last reply has begun and when the first ends. */
  async function coresWhileAllRun(startMicros: number): Promise<{ cores: number; loadCores: number }> {
    await pause(Math.max(0, (startMicros - nowMicros()) / 1_000) + shape.spread * 1_000);
    const [from, before, loadBefore] = [performance.now(), cpuSeconds(server), cpuSeconds(load)];
    await pause((shape.seconds - shape.spread) * 1_000);
    const seconds = (performance.now() - from) / 1_000;
    return {
      cores: (cpuSeconds(server) - before) / seconds,
      loadCores: (cpuSeconds(load) - loadBefore) / seconds,
    };
  }

  return {
    rooms: opened.rooms ?? [],
    /** Watches a run that begins at `startMicros`, and asks for its replies if nobody else has them begin. */
    async run(startMicros: number, asks: boolean): Promise<Measured> {
      const before = cpuSeconds(server);
      const cores = coresWhileAllRun(startMicros);
      const { outcome } = await ask<LoadAnswer>(load, { do: 'run', startMicros, asks } satisfies LoadRequest);
      if (outcome === undefined) throw new Error('the load generator measured nothing');
      return { ...outcome, ...(await cores), cpu: cpuSeconds(server) - before };
    },
    [Symbol.dispose]: () => load[Symbol.dispose](),
  };
}

const soon = () => nowMicros() + lead * 1_000;

async function openContestant({ begin, ...opening }: Opening): Promise<Contestant> {
  const tabs = await openTabs(opening);
  return {
    async run() {
      const startMicros = soon();
      const measured = tabs.run(startMicros, begin === undefined);
      await begin?.({ startMicros, shape: opening.shape });
      return measured;
    },
    [Symbol.dispose]() {
      tabs[Symbol.dispose]();
      opening.server[Symbol.dispose]();
    },
  };
}

/**
 * Two Kibitz processes on one database and one Redis, each with `shape.tabs` tabs of every room. Replies are asked for at the
 * first, which runs them unless the second was quicker.
 */
export async function openPair(folder: string, modelUrl: string, redisUrl: string, shape: Shape) {
  const env = { ...asking(modelUrl), REDIS_URL: redisUrl };
  const databaseUrl = `sqlite:${join(folder, 'pair.db')}`;
  const [here, there] = [await startKibitz(databaseUrl, env), await startKibitz(databaseUrl, env)];
  const tabsHere = await openTabs({ server: here.child, kind: 'kibitz', url: here.url, shape });
  const { rooms } = tabsHere;
  const tabsThere = await openTabs({ server: there.child, kind: 'kibitz', url: there.url, shape, rooms });
  return {
    async run(): Promise<{ here: Measured; there: Measured }> {
      const startMicros = soon();
      const [first, second] = await Promise.all([
        tabsHere.run(startMicros, true),
        tabsThere.run(startMicros, false),
      ]);
      return { here: first, there: second };
    },
    [Symbol.dispose]() {
      for (const one of [tabsHere, tabsThere, here.child, there.child]) one[Symbol.dispose]();
    },
  };
}

/** A model endpoint in a process of its own, and its base URL. */
export async function startEndpoint(shape: Shape) {
  const child = startProcess('bench/fanout/endpoint.ts');
  const { url } = await answerOf<{ url: string }>(child);
  await ask(child, shape);
  return { url, [Symbol.dispose]: () => child[Symbol.dispose]() };
}

/** The environment in which a Kibitz process asks an endpoint. */
export const asking = (modelUrl: string) => ({
  OPENAI_BASE_URL: modelUrl,
  OPENAI_API_KEY: '',
  MODEL: 'bench',
});

/** Kibitz as `npm start` runs it. */
export async function openKibitz(folder: string, modelUrl: string, shape: Shape): Promise<Contestant> {
  const { child, url } = await startKibitz(`sqlite:${join(folder, 'kibitz.db')}`, asking(modelUrl));
  return openContestant({ server: child, kind: 'kibitz', url, shape });
}

/** A server that makes its tokens itself. */
export async function openOwnTokens(
  file: string,
  kind: Opening['kind'],
  shape: Shape,
  args: string[] = [],
): Promise<Contestant> {
  const server = startProcess(file, {}, { args });
  const { url, rooms } = await answerOf<{ url: string; rooms?: KibitzRoom[] }>(server);
  const begin = (run: Run) => ask(server, run);
  return openContestant({ server, kind, url, shape, begin, ...(rooms === undefined ? {} : { rooms }) });
}

/** The naive server, which asks an endpoint. */
export async function openNaive(folder: string, modelUrl: string, shape: Shape): Promise<Contestant> {
  const args = [join(folder, 'naive.db'), modelUrl];
  const server = startProcess('bench/whole-path/naive-server.ts', {}, { args });
  const { url } = await answerOf<{ url: string }>(server);
  return openContestant({ server, kind: 'stock', url, shape });
}
