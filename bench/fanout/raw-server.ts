/**
 * A process: the yardstick. A bare `ws` server that sends the same frames at the same beat: every reply's due tokens each
 * 33 ms in one `token` frame of Kibitz's size, written to each tab of its room. It has no log, no model, no roles.
 */
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { randomId } from '../../src/lib/ids.ts';
import type { Run } from './replies.ts';
import { beginsAfter, type Shape, tokensPerReply } from './shape.ts';
import { nowMicros, whenDue } from './stamp.ts';
import { createTokenSource } from './token-source.ts';

const frameEvery = 33;
const tabs = new Map<number, WebSocket[]>();
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });

server.on('connection', (tab, { url = '/0' }) => {
  const room = Number(url.slice(1));
  const inRoom = tabs.get(room) ?? [];
  tabs.set(room, inRoom);
  inRoom.push(tab);
  tab.once('close', () => inRoom.splice(inRoom.indexOf(tab), 1));
});

function reply(room: number, beginMicros: number, shape: Shape): void {
  const source = createTokenSource(beginMicros, shape.rate, tokensPerReply(shape));
  const ids = { roomId: randomId(), turnId: randomId(), messageId: randomId(), botId: randomId() };
  let offset = 0;
  const beat = setInterval(send, frameEvery);
  send();

  function send(): void {
    const text = source.due(nowMicros()).join('');
    if (text !== '') {
      // As one string each, like Socket.IO's; `ws` frames it anew for every tab, as it does there.
      const frame = `42${JSON.stringify(['token', { ...ids, gen: 0, offset, text }])}`;
      for (const tab of tabs.get(room) ?? []) tab.send(frame);
      offset += text.length;
    }
    if (source.isOver) clearInterval(beat);
  }
}

process.on('message', ({ startMicros, shape }: Run) => {
  for (let room = 0; room < shape.rooms; room += 1) {
    const due = startMicros + beginsAfter(shape, room);
    whenDue(due, () => reply(room, due, shape));
  }
  process.send?.({});
});
server.on('listening', () => {
  process.send?.({ url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
