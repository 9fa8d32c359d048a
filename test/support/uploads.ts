import type { Answer, Person } from './client.ts';

async function send(
  person: Person,
  path: string,
  body: Uint8Array | FormData,
  type?: string,
): Promise<Answer> {
  const response = await fetch(person.url + path, {
    method: 'POST',
    headers: { cookie: person.cookie, ...(type === undefined ? {} : { 'content-type': type }) },
    body: body instanceof FormData ? body : new Uint8Array(body),
  });
  return {
    status: response.status,
    body: await response.json().catch(() => null),
    headers: response.headers,
  };
}

/** Sends a file as the body of a request. */
export function sendRaw(person: Person, path: string, bytes: Uint8Array, type: string): Promise<Answer> {
  return send(person, path, bytes, type);
}

/** Sends a form as a browser would. */
export function sendForm(
  person: Person,
  path: string,
  fields: Record<string, string | File>,
): Promise<Answer> {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  return send(person, path, form);
}
