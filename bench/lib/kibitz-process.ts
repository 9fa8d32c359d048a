import { createInterface } from 'node:readline';
import { startProcess } from './child.ts';

/** A real Kibitz server in a process of its own, as `npm start` runs it. */
export async function startKibitz(databaseUrl: string, env: Record<string, string>) {
  const child = startProcess(
    'src/main.ts',
    { PORT: '0', HOST: '127.0.0.1', DATABASE_URL: databaseUrl, LOG_LEVEL: 'error', PUBLIC_URL: '', ...env },
    { stdio: 'pipe' },
  );
  if (child.stdout === null) throw new Error('the server has no output');
  for await (const line of createInterface(child.stdout)) {
    const { msg, url } = JSON.parse(line) as { msg?: string; url?: string };
    if (msg === 'ready' && url !== undefined) return { child, url };
  }
  throw new Error('the server did not start');
}
