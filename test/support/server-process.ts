import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export type ServerProcess = {
  url: string;
  pid: number;
  /** Every line it has logged. */
  lines: string[];
  kill(signal: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it. */
  exited: Promise<number | NodeJS.Signals>;
};

/** Starts the server as people do, as a process of its own, and waits for its ready line. */
export async function startServer(environment: Record<string, string>): Promise<ServerProcess> {
  const child: ChildProcess = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      HOST: '127.0.0.1',
      PORT: '0',
      DEMO_TOKENS_PER_SECOND: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const exited = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  child.stderr?.on('data', (bytes) => lines.push(String(bytes)));
  const ready = Promise.withResolvers<string>();
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    lines.push(line);
    const { msg, url } = JSON.parse(line) as { msg?: string; url?: string };
    if (msg === 'ready' && url !== undefined) ready.resolve(url);
  });
  exited.then((how) => ready.reject(new Error(`the server exited with ${how}:\n${lines.join('\n')}`)));
  return {
    url: await ready.promise,
    pid: child.pid ?? 0,
    lines,
    kill: (signal) => child.kill(signal),
    exited,
  };
}
