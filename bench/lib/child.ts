import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Runs a file of the repository as a process of its own, which goes when this one does. */
export function startProcess(
  file: string,
  env: Record<string, string> = {},
  { stdio = 'inherit', args = [] }: { stdio?: 'inherit' | 'pipe'; args?: string[] } = {},
): ChildProcess & Disposable {
  const child = fork(join(root, file), args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', stdio, 'inherit', 'ipc'],
    // As JSON, what is infinite would be null.
    serialization: 'advanced',
  });
  const kill = () => void child.kill();
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return Object.assign(child, { [Symbol.dispose]: kill });
}

/** The next message of a child; throws when it ends instead. */
export async function answerOf<T>(child: ChildProcess): Promise<T> {
  const answered = new AbortController();
  const { signal } = answered;
  const ended = once(child, 'exit', { signal }).then(
    ([code]) => {
      throw new Error(`a process of the benchmark ended with ${code}`);
    },
    // Only answered: nobody waits any more.
    () => new Promise<never>(() => {}),
  );
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal }), ended])) as [T];
    return message;
  } finally {
    answered.abort();
  }
}

/** Has a child do something and waits for what it says. */
export function ask<T>(child: ChildProcess, question: object): Promise<T> {
  const answer = answerOf<T>(child);
  child.send(question);
  return answer;
}

/** Seconds of processor time a process has used, user and system; NaN where the system does not tell. */
export function cpuSeconds({ pid }: ChildProcess): number {
  if (process.platform !== 'linux') return Number.NaN;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // In ticks, of which Linux shows a hundred a second on every platform Node runs on.
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The memory of a process that is not swapped out, in KiB; NaN where the system does not tell. */
export function residentKiB({ pid }: ChildProcess): number {
  if (process.platform !== 'linux') return Number.NaN;
  return Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
