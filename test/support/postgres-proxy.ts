import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * What becomes of a commit: it arrives and its answer too; its answer is lost, or it is lost itself, with the connection;
 * either is kept back for ever; `last`: its answer is lost, and nothing gets through any more.
 */
export type CommitFate = 'pass' | 'lose answer' | 'lose' | 'keep answer' | 'keep' | 'last';

/** A connection to PostgreSQL that breaks where it hurts most. */
export type PostgresProxy = {
  url: string;
  /** What becomes of the coming commits, one each; those after them pass. */
  commits(...fates: CommitFate[]): void;
  /** Resolves when something is kept back. */
  kept: Promise<void>;
  /** Takes connections again. */
  up(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

const commit = Buffer.from('commit\0');

export async function startPostgresProxy(target: string): Promise<PostgresProxy> {
  const { hostname, port } = new URL(target);
  const fates: CommitFate[] = [];
  const open = new Set<Socket>();
  const kept = Promise.withResolvers<void>();

  function serve(client: Socket): void {
    const server = connect(Number(port || 5432), hostname);
    let fate: CommitFate = 'pass';
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    client.on('data', (bytes) => {
      if (bytes.includes(commit)) fate = fates.shift() ?? 'pass';
      if (fate === 'lose') client.destroy();
      else if (fate === 'keep') kept.resolve();
      else server.write(bytes);
    });
    server.on('data', (bytes) => {
      if (fate === 'last') void down();
      else if (fate === 'lose answer') client.destroy();
      else if (fate === 'keep answer') kept.resolve();
      else client.write(bytes);
    });
  }

  const listener = createServer(serve);
  const listen = async (at: number) => {
    listener.listen(at, '127.0.0.1');
    await once(listener, 'listening');
    return (listener.address() as AddressInfo).port;
  };
  const ownPort = await listen(0);
  const down = async () => {
    const closed = listener.listening ? once(listener, 'close') : undefined;
    if (closed) listener.close();
    for (const socket of open) socket.destroy();
    await closed;
  };
  const url = new URL(target);
  url.host = `127.0.0.1:${ownPort}`;
  return {
    url: url.href,
    commits: (...coming) => void fates.push(...coming),
    kept: kept.promise,
    up: async () => void (await listen(ownPort)),
    [Symbol.asyncDispose]: down,
  };
}
