import OpenAI from 'openai';

export type Endpoint = {
  /** Such as `https://api.openai.com/v1` or `http://localhost:11434/v1`; may carry `user:password@`. */
  baseURL: string;
  /** Endpoints on one's own machine need none. */
  apiKey?: string | undefined;
};

/**
 * The openai client for one endpoint and nothing else: what the client would take from the environment is switched
 * off, so that the second endpoint is never sent the first one's key. It neither retries nor logs.
 */
export function createOpenAiClient({ baseURL, apiKey }: Endpoint, fetch?: typeof globalThis.fetch): OpenAI {
  const url = new URL(baseURL);
  const basic = basicCredentials(url);
  url.username = '';
  url.password = '';
  return new OpenAI({
    baseURL: url.href,
    // The client insists on a key; without one the header it makes of this is replaced below.
    apiKey: apiKey || 'none',
    ...(apiKey ? {} : { defaultHeaders: { Authorization: basic } }),
    adminAPIKey: null,
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: 'off',
    ...(fetch ? { fetch } : {}),
  });
}

/** fetch refuses addresses with credentials, and its error would show them; they travel as a header instead. */
function basicCredentials(url: URL): string | null {
  if (url.username === '' && url.password === '') return null;
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}
