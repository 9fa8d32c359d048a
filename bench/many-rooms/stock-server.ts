/** A process: the yardstick. Socket.IO as it comes, which emits every token to its room as soon as it is there. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { randomId } from '../../src/lib/ids.ts';
import { giveTokens, type Run } from '../fanout/replies.ts';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });
io.on('connection', (socket) => void socket.join(String(socket.handshake.query.room)));

process.on('message', (run: Run) => {
  const replies = Array.from({ length: run.shape.rooms }, () => ({
    ids: { roomId: randomId(), turnId: randomId(), messageId: randomId(), botId: randomId(), gen: 0 },
    offset: 0,
  }));
  giveTokens(run, (room, tokens) => {
    const reply = replies[room];
    if (reply === undefined) return;
    for (const text of tokens) {
      io.to(String(room)).emit('token', { ...reply.ids, offset: reply.offset, text });
      reply.offset += text.length;
    }
  });
  process.send?.({});
});
http.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` });
});
