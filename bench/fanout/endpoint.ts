/** A process: an OpenAI-compatible endpoint that streams stamped tokens at a fixed rate, a chunk each. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Shape } from './shape.ts';
import { tokensPerReply } from './shape.ts';
import { askedAt, nowMicros } from './stamp.ts';
import { createTokenSource } from './token-source.ts';

/** Milliseconds between looks for tokens that are due. */
const lookEvery = 2;

let shape: Shape = { rooms: 1, tabs: 1, rate: 50, seconds: 1, spread: 0 };
const streams = new Map<ServerResponse, ReturnType<typeof createTokenSource>>();

function chunk(delta: object, finish: string | null): string {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  return `data: ${JSON.stringify({ id: 'bench', object: 'chat.completion.chunk', model: 'bench', choices })}\n\n`;
}

const server = createServer((request, response) => {
  let asked = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    asked += text;
  });
  request.once('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    response.socket?.setNoDelay(true);
    // From when the question was due, where it says so: what the way here took is then late, too.
    const begin = askedAt(asked) ?? nowMicros();
    streams.set(response, createTokenSource(begin, shape.rate, tokensPerReply(shape)));
    response.once('close', () => streams.delete(response));
  });
});

setInterval(() => {
  const now = nowMicros();
  for (const [response, source] of streams) {
    const chunks = source.due(now).map((content) => chunk({ role: 'assistant', content }, null));
    if (source.isOver) {
      streams.delete(response);
      response.end(`${chunks.join('')}${chunk({}, 'stop')}data: [DONE]\n\n`);
    } else if (chunks.length > 0) response.write(chunks.join(''));
  }
}, lookEvery);

process.on('message', (wanted: Shape) => {
  shape = wanted;
  process.send?.({});
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` });
});
