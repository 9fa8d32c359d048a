/**
 * A process: the yardstick. The same as one would write it first: each event is inserted with a commit of its own, the
 * reply is read with the openai client's iterator, and each token is emitted to the room.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import OpenAI from 'openai';
import { Server } from 'socket.io';
import { randomId } from '../../src/lib/ids.ts';
import { createRaw } from '../append/raw.ts';

const [, , databasePath = '', baseURL = ''] = process.argv;
const raw = createRaw(databasePath);
const client = new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0 });
const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });

io.on('connection', (socket) => {
  const room = String(socket.handshake.query.room);
  void socket.join(room);
  socket.on('message.post', ({ text }: { text: string }) => {
    answer(room, text).catch((reason: unknown) => console.error(reason));
  });
});

async function answer(room: string, question: string): Promise<void> {
  raw.insert('message.posted', { text: question });
  raw.insert('turn.started', {});
  const ids = { roomId: room, turnId: randomId(), messageId: randomId(), botId: randomId(), gen: 0 };
  const messages = [{ role: 'user' as const, content: question }];
  let said = '';
  for await (const chunk of await client.chat.completions.create({
    model: 'bench',
    messages,
    stream: true,
  })) {
    const text = chunk.choices[0]?.delta.content ?? '';
    if (text === '') continue;
    io.to(room).emit('token', { ...ids, offset: said.length, text });
    said += text;
  }
  raw.insert('message.posted', { text: said });
  raw.insert('turn.ended', { outcome: 'completed' });
}

http.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` });
});
