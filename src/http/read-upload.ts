import express, { type Response as Answer, type Request } from 'express';
import { KibitzError } from '../lib/errors.ts';

/** A file as it was sent, what it was called if that was said, and the fields of the form beside it. */
export type Upload = { bytes: Buffer; name: string; type: string; fields: Readonly<Record<string, string>> };

/** What a form adds to its file. */
export const formOverhead = 64 * 1024;

/** Parts of a form that are read. */
const maxParts = 20;

/**
 * Reads the file in a request of at most `limit` bytes: its body, or the field `file` of a form. What the file was called
 * becomes no path.
 */
export async function readUpload(request: Request, response: Answer, limit: number): Promise<Upload> {
  const bytes = await readBody(request, response, limit);
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) return { bytes, name: '', type, fields: {} };
  const form = await formIn(bytes, type);
  const file = form.get('file');
  const fields = [...form].flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  );
  if (file === null) throw new KibitzError('invalid', 'file: choose a file to send', { field: 'file' });
  return {
    bytes: typeof file === 'string' ? Buffer.from(file) : Buffer.from(await file.arrayBuffer()),
    name: typeof file === 'string' ? '' : file.name,
    type: 'application/octet-stream',
    fields: Object.fromEntries(fields),
  };
}

async function readBody(request: Request, response: Answer, limit: number): Promise<Buffer> {
  await new Promise<void>((resolve, reject) => {
    express.raw({ type: () => true, limit })(request, response, (reason?: unknown) =>
      reason === undefined ? resolve() : reject(isTooLarge(reason) ? tooLarge(limit) : reason),
    );
  });
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body) || body.length === 0)
    throw new KibitzError('invalid', 'There is no file in the request.');
  return body;
}

function isTooLarge(reason: unknown): boolean {
  return reason instanceof Error && 'status' in reason && reason.status === 413;
}

function tooLarge(limit: number): KibitzError {
  const megabytes = Math.floor(limit / 1024 / 1024);
  return new KibitzError('too_large', `file: at most ${megabytes} MB are read.`, { field: 'file' });
}

async function formIn(bytes: Buffer, type: string): Promise<FormData> {
  const boundary = /boundary="?([^";]+)/i.exec(type)?.[1];
  const invalid = new KibitzError('invalid', 'The form cannot be read.', { field: 'file' });
  if (boundary === undefined || occurrences(bytes, `--${boundary}`) > maxParts + 1) throw invalid;
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  } catch {
    throw invalid;
  }
}

/** How often a text occurs, counted until it is too often. */
function occurrences(bytes: Buffer, text: string): number {
  let count = 0;
  for (
    let at = bytes.indexOf(text);
    at >= 0 && count <= maxParts + 1;
    at = bytes.indexOf(text, at + text.length)
  ) {
    count += 1;
  }
  return count;
}
