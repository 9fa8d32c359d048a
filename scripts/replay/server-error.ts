import type { WireError } from '../../src/protocol/result.ts';

/** What the server refused, in its words, and what was being done. */
export class ServerError extends Error {
  readonly code: WireError['code'];
  constructor(doing: string, error: WireError) {
    super(`${doing}: ${error.message} (${error.code})`);
    this.code = error.code;
  }
}

/** The server cannot be talked to at all. */
export class Unreachable extends Error {}
