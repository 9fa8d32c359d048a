import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** A file to be kept: what it is of, its ending and its media type. */
export type SentFile = { name: string; ending: string; type: string };

/** A name that is one on every system and never a path. */
function fileName({ name, ending }: SentFile): string {
  const safe = name.normalize('NFC').replace(/[^\p{L}\p{N}\p{M} _-]+/gu, '_');
  return `${[...safe].slice(0, 60).join('').trim() || 'kibitz'}.${ending}`;
}

function setHeaders(response: Response, file: SentFile): void {
  response.attachment(fileName(file));
  response.setHeader('Content-Type', file.type);
}

/** Answers with a file to be kept, not shown. */
export function sendFile(response: Response, file: SentFile, bytes: Buffer): void {
  setHeaders(response, file);
  response.send(bytes);
}

/** The same, a piece at a time as the reader takes them. A reader who leaves ends it. */
export async function streamFile(
  response: Response,
  file: SentFile,
  parts: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  setHeaders(response, file);
  try {
    await pipeline(Readable.from(parts), response);
  } catch (reason) {
    const hasLeft =
      reason instanceof Error && 'code' in reason && reason.code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!hasLeft) throw reason;
  }
}
