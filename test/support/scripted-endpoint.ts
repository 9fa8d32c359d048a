import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { wordVector } from './word-vectors.ts';

/**
 * A model endpoint that does as it is told: a real HTTP server that speaks the OpenAI chat completions protocol,
 * streamed or not, and every way of failing at it.
 *
 *     const endpoint = await startScriptedEndpoint();
 *     endpoint.next({ steps: [{ text: 'Hello' }, { cut: true }] });      // for one request
 *     endpoint.reply((request) => says(`You said ${request.lastText}`)); // for all others
 *
 * Nothing in it sleeps. To stop a reply at a certain token, put a gate there and release it from the test.
 */
export type ScriptedEndpoint = {
  /** What a client is configured with, `http://127.0.0.1:PORT/v1`. */
  baseURL: string;
  /** Every request so far, oldest first. */
  requests: RecordedRequest[];
  /** Scripts for the coming requests, one each; they go before `reply`. */
  next(...scripts: Script[]): void;
  /** What every request gets that `next` has nothing for. */
  reply(script: Script | ((request: RecordedRequest) => Script)): void;
  /** Requests to `/embeddings` so far; they are in no other list. */
  embeddings: RecordedRequest[];
  /** What they get; unset, every text has its own vector of 64 numbers (see `word-vectors.ts`). */
  embed(script: EmbeddingScript): void;
  /** The request number `index` (from 0), as soon as it has arrived. */
  request(index: number): Promise<RecordedRequest>;
  /** Cuts what is still open. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type RecordedRequest = {
  path: string;
  headers: IncomingMessage['headers'];
  /** The parsed JSON body, with everything the client sent. */
  body: Record<string, unknown>;
  messages: { role: string; content: string }[];
  /** The content of the last message. */
  lastText: string;
  stream: boolean;
  /** How it ended: answered in full, cut by the script, or left by the client. */
  ended: Promise<'answered' | 'cut' | 'aborted'>;
};

export type Step =
  /** A piece of the reply. */
  | { text: string }
  /** Goes on when the gate lets it through. */
  | { gate: Gate }
  /** Nothing more comes; the connection stays open until the client leaves. */
  | { stall: true }
  /** The connection is reset. */
  | { cut: true }
  /** This piece again and again until the client leaves. */
  | { endless: string }
  /** These bytes as they are, in place of an event: `data: {oops\n\n`. */
  | { raw: string };

/** A reply of status 200 in steps. What an option leaves out, the endpoint leaves out. */
export type ReplyScript = {
  steps: Step[];
  /** `role: 'assistant'` in the chunks; default true. */
  role?: boolean;
  /** The usage reported at the end, false for none; default 7 and 5 tokens. */
  usage?: { prompt_tokens: number; completion_tokens: number } | false;
  /** The finish reason, null for none as if the stream had been cut by a proxy; default `stop`. */
  finish?: string | null;
  /** Whether a stream ends with `[DONE]`; default true. */
  done?: boolean;
  /** Answer a streaming request with one JSON body all the same; default false. */
  ignoreStream?: boolean;
};

/** Any other response. */
export type FailureScript = { status: number; headers?: Record<string, string>; body?: string };

export type Script = ReplyScript | FailureScript;

/** Vectors for texts, another response, or none as long as the client waits. */
export type EmbeddingScript = (texts: readonly string[]) => number[][] | FailureScript | 'stall';

/** A reply that says these pieces and ends well. */
export function says(...pieces: string[]): ReplyScript {
  return { steps: pieces.map((text) => ({ text })) };
}

/** The same with the gate before every piece. */
export function saysGated(gate: Gate, ...pieces: string[]): ReplyScript {
  return { steps: pieces.flatMap((text) => [{ gate }, { text }]) };
}

/** An error in OpenAI's form. */
export function fails(
  status: number,
  error: { message?: string; code?: string } = {},
  headers = {},
): FailureScript {
  const body = JSON.stringify({ error: { message: 'scripted', type: 'scripted', ...error } });
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

/** A web page instead of an API, as behind a proxy or a login. */
export function htmlPage(status = 200): FailureScript {
  const body = '<!doctype html><title>Welcome</title><p>Please log in.</p>';
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

export type Gate = {
  /** Lets `count` waiting or coming passages through. */
  release(count?: number): void;
  /** Lets everything through from now on. */
  open(): void;
  pass(): Promise<void>;
};

export function createGate(): Gate {
  const waiting: (() => void)[] = [];
  let permits = 0;
  const release = (count = 1) => {
    permits += count;
    while (permits > 0) {
      const next = waiting.shift();
      if (next === undefined) return;
      permits -= 1;
      next();
    }
  };
  return {
    release,
    open: () => release(Number.POSITIVE_INFINITY),
    pass: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        release(0);
      }),
  };
}

/** Starts the endpoint on a free port of 127.0.0.1. A request that nothing was scripted for gets a 500. */
export async function startScriptedEndpoint(): Promise<ScriptedEndpoint> {
  const requests: RecordedRequest[] = [];
  const embeddings: RecordedRequest[] = [];
  let embed: EmbeddingScript = (texts) => texts.map(wordVector);
  const scripts: Script[] = [];
  const awaiting: (() => void)[] = [];
  let standing: Script | ((request: RecordedRequest) => Script) = fails(500, {
    message: 'nothing is scripted',
  });

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const ended = Promise.withResolvers<'answered' | 'cut' | 'aborted'>();
    response.once('finish', () => ended.resolve('answered'));
    response.once('close', () => ended.resolve('aborted'));
    const request = await record(incoming, ended.promise);
    if (request.path.endsWith('/embeddings')) {
      embeddings.push(request);
      await playEmbeddings(embed, request, response);
      return;
    }
    requests.push(request);
    for (const arrived of awaiting.splice(0)) arrived();
    const script = scripts.shift() ?? (typeof standing === 'function' ? standing(request) : standing);
    await play(script, request, response, () => ended.resolve('cut'));
  };

  // A script that runs into a connection the client has left ends here; `ended` tells.
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const close = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };

  return {
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    embeddings,
    embed: (script) => {
      embed = script;
    },
    next: (...more) => void scripts.push(...more),
    reply: (script) => {
      standing = script;
    },
    request: async (index) => {
      for (;;) {
        const request = requests[index];
        if (request) return request;
        await new Promise<void>((resolve) => awaiting.push(resolve));
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function record(incoming: IncomingMessage, ended: RecordedRequest['ended']): Promise<RecordedRequest> {
  let json = '';
  for await (const bytes of incoming.setEncoding('utf8')) json += bytes;
  const body = JSON.parse(json || '{}') as Record<string, unknown>;
  const messages = (body.messages ?? []) as RecordedRequest['messages'];
  const { url = '', headers } = incoming;
  const lastText = messages.at(-1)?.content ?? '';
  return { path: url, headers, body, messages, lastText, stream: body.stream === true, ended };
}

async function playEmbeddings(embed: EmbeddingScript, request: RecordedRequest, response: ServerResponse) {
  const { input, model } = request.body as { input: string[]; model: string };
  const given = embed(input);
  if (given === 'stall') {
    await request.ended;
    return;
  }
  if ('status' in given) {
    response.writeHead(given.status, given.headers).end(given.body ?? '');
    return;
  }
  const data = given.map((embedding, index) => ({ object: 'embedding', index, embedding }));
  const tokens = Math.ceil(input.join('').length / 4);
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({ object: 'list', model, data, usage: { prompt_tokens: tokens, total_tokens: tokens } }),
  );
}

async function play(script: Script, request: RecordedRequest, response: ServerResponse, onCut: () => void) {
  if ('status' in script) {
    response.writeHead(script.status, script.headers).end(script.body ?? '');
    return;
  }
  const streamed = request.stream && !script.ignoreStream;
  const model = typeof request.body.model === 'string' ? request.body.model : 'scripted';
  const chunk = (fields: object) =>
    `data: ${JSON.stringify({ object: 'chat.completion.chunk', model, ...fields })}\n\n`;
  const role = script.role === false ? {} : { role: 'assistant' };
  const sayChunk = (content: string) => chunk({ choices: [{ index: 0, delta: { ...role, content } }] });
  const { finish = 'stop', usage = { prompt_tokens: 7, completion_tokens: 5 }, done = true } = script;

  // Streamed texts go out at once, others are gathered into one answer.
  let gathered = '';
  const say = async (text: string) => {
    if (streamed) await write(response, sayChunk(text));
    else gathered += text;
  };
  if (streamed) response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();

  for (const step of script.steps) {
    if ('text' in step) await say(step.text);
    else if ('gate' in step) await step.gate.pass();
    else if ('raw' in step) await write(response, step.raw);
    else if ('endless' in step) while (!response.destroyed) await write(response, sayChunk(step.endless));
    else if ('stall' in step) await request.ended;
    else {
      onCut();
      response.socket?.resetAndDestroy();
      return;
    }
  }

  if (!streamed) {
    const choices = [{ index: 0, message: { ...role, content: gathered }, finish_reason: finish }];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ object: 'chat.completion', model, choices, ...(usage ? { usage } : {}) }));
    return;
  }
  if (finish !== null) response.write(chunk({ choices: [{ index: 0, delta: {}, finish_reason: finish }] }));
  if (usage) response.write(chunk({ choices: [], usage }));
  response.end(done ? 'data: [DONE]\n\n' : '');
}

/** Resolves when the bytes were handed to the network, rejects when the client has left. */
function write(response: ServerResponse, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    response.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
