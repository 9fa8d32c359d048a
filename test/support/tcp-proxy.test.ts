import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { startTcpProxy } from './tcp-proxy.ts';
import { until } from './until.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUps.splice(0).reverse()) await clean();
});

/** A server that says everything back, and a connection to it through a proxy. */
async function setUp() {
  const server = createServer((socket) => socket.on('error', () => {}).pipe(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => server.close());
  const proxy = await startTcpProxy((server.address() as AddressInfo).port);
  cleanUps.push(() => proxy.close());
  const open = () => {
    const socket: Socket = connect(proxy.port, '127.0.0.1').setEncoding('utf8');
    const seen = { text: '', isOver: false };
    socket.on('error', () => {});
    socket.on('data', (text) => {
      seen.text += text;
    });
    socket.on('close', () => {
      seen.isOver = true;
    });
    cleanUps.push(() => socket.destroy());
    return { socket, seen };
  };
  return { proxy, open };
}

test('[NE3] a proxy passes on what is said, holds it back and lets it go, and delays it', async () => {
  const { proxy, open } = await setUp();
  const { socket, seen } = open();
  socket.write('one ');
  await until('the echo', () => seen.text === 'one ');
  proxy.hold();
  socket.write('two ');
  const late = open();
  late.socket.write('late ');
  await once(late.socket, 'connect');
  expect([seen.text, late.seen.text]).toEqual(['one ', '']);
  proxy.heal();
  await until('what was held', () => seen.text === 'one two ' && late.seen.text === 'late ');
  proxy.delay(100);
  const saidAt = performance.now();
  socket.write('three');
  await until('the echo', () => seen.text === 'one two three');
  expect(performance.now() - saidAt).toBeGreaterThanOrEqual(195);
});

test('[NE3] a proxy cuts what is open, and refuses what is new until it is healed', async () => {
  const { proxy, open } = await setUp();
  const first = open();
  first.socket.write('one');
  await until('the echo', () => first.seen.text === 'one');
  proxy.cut();
  await until('its end', () => first.seen.isOver);
  proxy.refuse();
  const refused = open();
  await until('its end', () => refused.seen.isOver);
  proxy.heal();
  const again = open();
  again.socket.write('again');
  await until('the echo', () => again.seen.text === 'again');
});
