import type { Log } from '../../src/lib/log.ts';

const loud = (_: object, message: string) => console.error(message);

/** Says what goes wrong, and nothing else. */
export const loudLog: Log = { debug: () => {}, info: () => {}, warn: loud, error: loud };
