import { KibitzError } from '../../../src/lib/errors.ts';
import { failureSchema } from '../../../src/protocol/result.ts';

const unreachable = 'The file did not reach the server. Check your connection and try again.';

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failureIn(request: XMLHttpRequest): KibitzError {
  const failure = failureSchema.safeParse(jsonIn(request.responseText));
  if (failure.success) return new KibitzError(failure.data.error.code, failure.data.error.message);
  if (request.status === 413) return new KibitzError('too_large', 'The file is too large for the server.');
  return new KibitzError('internal', `The server did not take the file (HTTP ${request.status}).`);
}

/** Sends a file as the field `file` of a form, and tells how much of it has gone: `fetch` does not. */
export function sendFile(address: string, file: File, onSent: (share: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('file', file, file.name);
    request.open('POST', address);
    request.setRequestHeader('accept', 'application/json');
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onSent(total === 0 ? 0 : loaded / total),
    );
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(failureIn(request));
    });
    for (const failing of ['error', 'abort', 'timeout'] as const) {
      request.addEventListener(failing, () => reject(new KibitzError('unavailable', unreachable)));
    }
    request.send(form);
  });
}
