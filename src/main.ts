import pino from 'pino';
import { createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { systemClock } from './lib/clock.ts';
import { randomId } from './lib/ids.ts';

/**
 * Milliseconds that running replies get to end when the process is asked to go; the rest of 30 s is for the goodbyes, which
 * `createApp` bounds.
 */
const grace = 15_000;

/** What keeps the server from starting is said in one line. */
function failToStart(reason: unknown): never {
  process.stderr.write(`kibitz: ${reason instanceof Error ? reason.message : String(reason)}\n`);
  process.exit(1);
}

function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (reason) {
    failToStart(reason);
  }
}

const config = configOrExit();
const log = pino({ level: config.logLevel });

// Whatever nobody handled leaves the process in an unknown state: it is logged, and the next start is a clean one.
process.on('unhandledRejection', (reason) => exitWith(reason, 'unhandled rejection'));
process.on('uncaughtException', (reason) => exitWith(reason, 'uncaught exception'));

function exitWith(reason: unknown, message: string): void {
  log.fatal({ err: reason }, message);
  process.exit(1);
}

const app = await createApp({ config, clock: systemClock, newId: randomId, log }).catch(failToStart);
if (config.endpoint === undefined) {
  log.warn(
    'no model endpoint is configured: the built-in demo model answers; set OPENAI_BASE_URL or OPENAI_API_KEY, and MODEL',
  );
}
let isLeaving = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (isLeaving) return;
    isLeaving = true;
    log.info({ signal }, 'going down');
    app.close(grace).then(
      () => process.exit(0),
      (reason) => exitWith(reason, 'could not go down in order'),
    );
  });
}

// With level `silent` or `error` nobody would hear that it is ready; this line always goes out, and last:
// who reads it may ask the process to go at once.
pino({ level: 'info' }).info({ url: app.url }, 'ready');
