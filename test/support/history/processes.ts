import type { Findings, ProcessRecord, Violation } from './history.ts';

/** Far above what a process takes, far below what a leak comes to. */
export const mostResidentBytes = 1024 * 1024 * 1024;

/** I6: each process that is meant to be up says that it is ready in the end, and none ever took more memory than it may. */
export function checkProcesses(processes: readonly ProcessRecord[]): Findings {
  const violations: Violation[] = [];
  let checked = 0;
  for (const { url, isMeantToBeUp, samples } of processes) {
    checked += samples.length;
    if (isMeantToBeUp && samples.at(-1)?.isReady !== true)
      violations.push({
        invariant: 'I6',
        sentence: `${url} is not ready in the end.`,
        evidence: samples.slice(-5),
      });
    const largest = samples.findLast(({ residentBytes = 0 }) => residentBytes > mostResidentBytes);
    if (largest !== undefined)
      violations.push({
        invariant: 'I6',
        sentence: `${url} took more memory than it may.`,
        evidence: largest,
      });
  }
  return { checked, violations };
}
