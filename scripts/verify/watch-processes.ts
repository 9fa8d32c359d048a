import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessRecord } from '../../test/support/history/history.ts';

const sampleEvery = 1_000;
const answerWithin = 2_000;

/** Asks each process again and again whether it is ready and how much memory it takes. */
export function watchProcesses(urls: readonly string[]) {
  const records = urls.map((url): ProcessRecord => ({ url, isMeantToBeUp: true, samples: [] }));
  const stopping = new AbortController();

  async function sample({ url, samples }: ProcessRecord): Promise<boolean> {
    const ask = (path: string) => fetch(url + path, { signal: AbortSignal.timeout(answerWithin) });
    const isReady = await ask('/readyz').then(
      ({ ok }) => ok,
      () => false,
    );
    const metrics = await ask('/metrics').then(
      (response) => (response.ok ? response.text() : ''),
      () => '',
    );
    const resident = /^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1];
    samples.push({
      at: performance.now(),
      isReady,
      ...(resident === undefined ? {} : { residentBytes: Number(resident) }),
    });
    return isReady;
  }

  async function watch(record: ProcessRecord): Promise<void> {
    while (!stopping.signal.aborted) {
      await sample(record);
      await pause(sampleEvery, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  const watching = records.map(watch);
  return {
    /** Looks once more, for up to `patience` milliseconds or until all are ready, and stops. */
    async stop(patience: number): Promise<ProcessRecord[]> {
      stopping.abort();
      await Promise.all(watching);
      const giveUpAt = performance.now() + patience;
      await Promise.all(
        records.map(async (record) => {
          while (!(await sample(record)) && performance.now() < giveUpAt) await pause(200);
        }),
      );
      return records;
    },
  };
}
