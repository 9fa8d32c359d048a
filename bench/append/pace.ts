/** Things done a second, and the microseconds of processor time that each took. */
export type Pace = { perSecond: number; cpuMicros: number };

/** Measures `run`, which says how many things it did. */
export async function paceOf(run: (startedAt: number) => number | Promise<number>): Promise<Pace> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const done = await run(startedAt);
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: (done / ms) * 1_000, cpuMicros: (user + system) / done };
}
