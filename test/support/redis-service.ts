import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { freePort, type Service } from './service.ts';

const localUrl = 'redis://127.0.0.1:6379';

/** A server: `REDIS_URL`'s, the machine's own, or one started for this run. Keys under `prefix` go at the end. */
export async function findRedis(prefix: string): Promise<Service> {
  const given = process.env.REDIS_URL;
  if (given !== undefined) {
    await redisCommand(given, 'PING');
    return withoutKeysAfter(prefix, { url: given, stop: async () => {} });
  }
  const isLocal = await redisCommand(localUrl, 'PING').then(
    () => true,
    () => false,
  );
  return isLocal ? withoutKeysAfter(prefix, { url: localUrl, stop: async () => {} }) : startRedis();
}

/** Sends one command on a connection of its own; its reply as the wire has it. */
export function redisCommand(url: string, ...command: string[]): Promise<string> {
  const { hostname, port, username, password } = new URL(url);
  const auth = password === '' ? [] : [['AUTH', ...(username === '' ? [] : [username]), password]];
  const commands = [...auth.map((words) => words.map(decodeURIComponent)), command, ['QUIT']];
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port || 6379) });
    let reply = '';
    socket.setTimeout(5_000, () => socket.destroy(new Error(`Redis at ${hostname} does not answer`)));
    socket.once('error', reject);
    socket.setEncoding('utf8').on('data', (chunk) => {
      reply += chunk;
    });
    socket.once('end', () =>
      /^-/m.test(reply) ? reject(new Error(`Redis refuses: ${reply.trim()}`)) : resolve(reply),
    );
    socket.write(commands.map(encoded).join(''));
  });
}

function encoded(words: readonly string[]): string {
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${words.length}\r\n${parts.join('')}`;
}

function withoutKeysAfter(prefix: string, server: Service): Service {
  const removeKeys = "for _, key in ipairs(redis.call('keys', ARGV[1])) do redis.call('del', key) end";
  return {
    url: server.url,
    async stop() {
      await redisCommand(server.url, 'EVAL', removeKeys, '0', `${prefix}*`);
      await server.stop();
    },
  };
}

async function startRedis(): Promise<Service> {
  const server = await startRedisServer(await freePort());
  return {
    url: server.url,
    async stop() {
      server.kill('SIGTERM');
      await server.ended;
    },
  };
}

/** A Redis of one's own, empty, that keeps nothing on the disk. */
export type RedisServer = { url: string; kill(signal: NodeJS.Signals): void; ended: Promise<unknown> };

export async function startRedisServer(port: number): Promise<RedisServer> {
  const options = { bind: '127.0.0.1', port: String(port), save: '', appendonly: 'no', dir: tmpdir() };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(new Error('none on 127.0.0.1:6379, and no redis-server in PATH')));
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    createInterface(server.stdout).on('line', (line) => {
      if (/ready to accept connections/i.test(line)) resolve();
    });
  });
  return { url: `redis://127.0.0.1:${port}`, kill: (signal) => server.kill(signal), ended };
}
