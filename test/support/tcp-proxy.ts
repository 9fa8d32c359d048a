import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server over which a test has power: what goes through is passed on, held back, or refused. */
export type TcpProxy = {
  port: number;
  /** The same, for what is called by HTTP. */
  url: string;
  /** Where new connections lead. */
  leadTo(port: number): void;
  /** Ends all connections without a word. */
  cut(): void;
  /** Passes nothing on, in either direction, as a network that drops packets; what was sent comes later. */
  hold(): void;
  /** Ends all connections, and every new one at once. */
  refuse(): void;
  /** Passes everything on after this many milliseconds. */
  delay(milliseconds: number): void;
  /** Passes everything on again. */
  heal(): void;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Starts a proxy on a free port of 127.0.0.1, to a port there. */
export async function startTcpProxy(firstTarget: number): Promise<TcpProxy> {
  let target = firstTarget;
  let mode: 'pass' | 'hold' | 'refuse' = 'pass';
  let lag = 0;
  const pairs = new Set<[Socket, Socket]>();

  const server = createServer((near) => {
    if (mode === 'refuse') {
      near.resetAndDestroy();
      return;
    }
    const far = connect(target, '127.0.0.1');
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.setNoDelay(true);
      /** What is on its way, in order, also when the lag changes. */
      const waiting: { bytes: Buffer; due: number }[] = [];
      const pass = () => {
        while (waiting[0] !== undefined && waiting[0].due <= performance.now()) {
          const { bytes } = waiting.shift() as (typeof waiting)[number];
          // Whoever does not read is not read for.
          if (!to.destroyed && !to.write(bytes)) {
            from.pause();
            to.once('drain', () => mode !== 'hold' && from.resume());
          }
        }
        if (waiting[0] !== undefined) setTimeout(pass, Math.ceil(waiting[0].due - performance.now()));
      };
      from.on('data', (bytes) => {
        const due = Math.max(performance.now() + lag, waiting.at(-1)?.due ?? 0);
        waiting.push({ bytes, due });
        if (waiting.length === 1) pass();
      });
      // An end, also one in the midst, is passed on as one.
      from.once('error', end);
      from.once('close', end);
    }
    if (mode === 'hold') pause(pair);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const { port } = server.address() as AddressInfo;

  function pause([near, far]: [Socket, Socket]): void {
    near.pause();
    far.pause();
  }

  function cut(): void {
    for (const [near, far] of pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  }

  async function close(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    cut();
    await closed;
  }

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    leadTo: (port) => {
      target = port;
    },
    cut,
    hold() {
      mode = 'hold';
      for (const pair of pairs) pause(pair);
    },
    refuse() {
      mode = 'refuse';
      cut();
    },
    delay: (milliseconds) => {
      lag = milliseconds;
    },
    heal() {
      mode = 'pass';
      lag = 0;
      for (const [near, far] of pairs) {
        near.resume();
        far.resume();
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
