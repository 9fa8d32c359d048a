import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { freshSqliteUrl } from './support/databases.ts';
import { startServer } from './support/server-process.ts';

const defaults = {
  port: 3000,
  host: '127.0.0.1',
  databaseUrl: 'sqlite:./data/kibitz.db',
  signup: 'open',
  logLevel: 'info',
  demoTokensPerSecond: 40,
};
const variables = [
  ...[
    'PORT',
    'HOST',
    'DATABASE_URL',
    'OPENAI_BASE_URL',
    'OPENAI_API_KEY',
    'MODEL',
    'CLASSIFIER_MODEL',
    'EMBEDDING_MODEL',
    'FALLBACK_BASE_URL',
  ],
  'TURN_LEASE_MS',
  'DAILY_TOKENS_PER_ROOM',
  'DAILY_TOKENS_PER_USER',
  ...['REDIS_URL', 'REDIS_PREFIX', 'TRUSTED_PROXIES'],
  ...['FALLBACK_API_KEY', 'FALLBACK_MODEL', 'PUBLIC_URL', 'SIGNUP', 'LOG_LEVEL', 'DEMO_TOKENS_PER_SECOND'],
];

test('without variables there are defaults; an empty one counts as unset, a strange one as nothing', () => {
  expect(readConfig({})).toEqual(defaults);
  expect(readConfig(Object.fromEntries(variables.map((name) => [name, ''])))).toEqual(defaults);
  expect(readConfig({ PATH: '/bin', NODE_ENV: 'test' })).toEqual(defaults);
});

test('each variable has its place', () => {
  const config = readConfig({
    PORT: '0',
    HOST: '::',
    DATABASE_URL: 'postgres://user:secret@host/db',
    OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1',
    MODEL: 'large',
    CLASSIFIER_MODEL: 'quick',
    EMBEDDING_MODEL: 'meaning',
    FALLBACK_API_KEY: 'key',
    FALLBACK_MODEL: 'small',
    PUBLIC_URL: 'https://rooms.example/',
    TRUSTED_PROXIES: 'loopback, 10.0.0.0/8,fd00::1',
    SIGNUP: 'invite',
    LOG_LEVEL: 'silent',
    TURN_LEASE_MS: '2000',
    DAILY_TOKENS_PER_ROOM: '50000',
    DAILY_TOKENS_PER_USER: '20000',
    DEMO_TOKENS_PER_SECOND: '0',
  });
  expect(config).toEqual({
    port: 0,
    host: '::',
    databaseUrl: 'postgres://user:secret@host/db',
    endpoint: { baseUrl: 'http://127.0.0.1:8080/v1', model: 'large' },
    fallback: { baseUrl: 'https://api.openai.com/v1', apiKey: 'key', model: 'small' },
    classifierModel: 'quick',
    embeddingModel: 'meaning',
    publicUrl: 'https://rooms.example',
    trustedProxies: ['loopback', '10.0.0.0/8', 'fd00::1'],
    signup: 'invite',
    logLevel: 'silent',
    turnLeaseMs: 2_000,
    dailyTokensPerRoom: 50_000,
    dailyTokensPerUser: 20_000,
    demoTokensPerSecond: 0,
  });
});

test('a model alone is no endpoint', () => {
  expect(readConfig({ MODEL: 'large', FALLBACK_MODEL: 'small' })).toEqual(defaults);
});

test.each([
  ['PORT', '-1'],
  ['PORT', '65536'],
  ['PORT', 'http'],
  ['PORT', '80.5'],
  ['PORT', ' '],
  ['DATABASE_URL', 'sqlite:'],
  ['DATABASE_URL', 'mysql://host/db'],
  ['DATABASE_URL', './kibitz.db'],
  ['OPENAI_BASE_URL', 'localhost:8080'],
  ['OPENAI_BASE_URL', 'file:///etc/passwd'],
  ['FALLBACK_BASE_URL', 'not a url'],
  ['PUBLIC_URL', 'rooms.example'],
  ['PUBLIC_URL', 'javascript:alert(1)'],
  ['TRUSTED_PROXIES', 'everybody'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['TRUSTED_PROXIES', '10.0.0.0/0'],
  ['TRUSTED_PROXIES', 'loopback,'],
  ['SIGNUP', 'closed'],
  ['LOG_LEVEL', 'loud'],
  ['TURN_LEASE_MS', '10'],
  ['DAILY_TOKENS_PER_ROOM', '0'],
  ['DAILY_TOKENS_PER_ROOM', '1.5'],
  ['DAILY_TOKENS_PER_USER', 'many'],
  ['DEMO_TOKENS_PER_SECOND', '-1'],
  ['DEMO_TOKENS_PER_SECOND', 'fast'],
])('a bad %s (%s) is one line that begins with its name', (name, value) => {
  const read = () => readConfig({ [name]: value, MODEL: 'm', FALLBACK_MODEL: 'm' });
  expect(read).toThrow(new RegExp(`^${name}: [^\\n]+$`));
});

test.each([
  [{ OPENAI_BASE_URL: 'http://127.0.0.1/v1' }, 'MODEL'],
  [{ OPENAI_API_KEY: 'secret-key' }, 'MODEL'],
  [{ FALLBACK_BASE_URL: 'http://127.0.0.1/v1' }, 'FALLBACK_MODEL'],
  [{ FALLBACK_API_KEY: 'secret-key', FALLBACK_MODEL: '' }, 'FALLBACK_MODEL'],
  [{ EMBEDDING_MODEL: 'm', FALLBACK_API_KEY: 'secret-key', FALLBACK_MODEL: 'm' }, 'EMBEDDING_MODEL'],
])(
  'an endpoint without a model is refused, and a model for embeddings without an endpoint: %j',
  (given, name) => {
    expect(() => readConfig(given)).toThrow(new RegExp(`^${name}: [^\\n]+$`));
    expect(() => readConfig(given)).not.toThrow(/secret-key/);
  },
);

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Expects the server not to start with these variables: exit code 1, one line on stderr, nothing on stdout. Resolves to the line. */
async function failedStart(given: Record<string, string>): Promise<string> {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const env = { PATH, NODE_COMPILE_CACHE, OPENAI_API_KEY: 'secret-key', MODEL: 'm', ...given };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [said, complained]: [string[], string[]] = [[], []];
  child.stdout.on('data', (bytes) => said.push(String(bytes)));
  child.stderr.on('data', (bytes) => complained.push(String(bytes)));
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(said).toEqual([]);
  const line = complained.join('');
  expect(line).toMatch(/^kibitz: [^\n]+\n$/);
  expect(line).not.toContain('secret-key');
  return line;
}

test.each([
  ['PORT', 'http'],
  ['DATABASE_URL', 'sqlite:/dev/null/kibitz.db'],
  ['DATABASE_URL', 'postgres://someone:secret-key@127.0.0.1:1/kibitz'],
])(
  'a bad %s (%s) stops the start: exit code 1, one line on stderr, nothing on stdout',
  async (name, value) => {
    expect(await failedStart({ [name]: value })).toMatch(new RegExp(`^kibitz: ${name}: `));
  },
);

test.each([
  ['not.a.host.invalid', 'there is no address by the name of not.a.host.invalid'],
  ['192.0.2.1', '192.0.2.1 is not an address of this machine'],
])('a HOST that cannot be listened on (%s) stops the start, and is named', async (host, why) => {
  const line = await failedStart({ DATABASE_URL: await freshSqliteUrl(), HOST: host, PORT: '0' });
  expect(line).toBe(`kibitz: HOST: ${why}\n`);
});

test('a PORT that is in use stops the start, and is named', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  const line = await failedStart({ DATABASE_URL: await freshSqliteUrl(), PORT: String(port) });
  expect(line).toBe(`kibitz: PORT: ${port} is in use already on 127.0.0.1\n`);
  holder.close();
});

test('a start says ready once, with the address; SIGTERM ends it with 0', async () => {
  const server = await startServer({ DATABASE_URL: await freshSqliteUrl(), LOG_LEVEL: 'silent' });
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  server.kill('SIGTERM');
  expect(await server.exited).toBe(0);
  const ready = server.lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'ready');
  expect(ready).toMatchObject([{ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) }]);
  expect(server.lines).toHaveLength(1);
});
