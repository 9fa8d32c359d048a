import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig, variableNames } from '../src/config.ts';
import { composeSchema, interpolated, secondsOf } from './support/compose.ts';
import { packageOf, sourceFile } from './support/source-files.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8');

/** Variables of a `.env`, as Compose reads its simple lines. */
const formOf = (text: string) =>
  Object.fromEntries([...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value ?? '']));

const composeText = read('docker-compose.yml');
const { services, networks, volumes } = composeSchema.parse(parse(composeText, { merge: true }));
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);
const form = formOf(read('deploy/example.env'));
const caddyfile = read('deploy/Caddyfile');
const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ');
const dockerVariables = Object.fromEntries(
  [...dockerfile.matchAll(/^ENV (.+)$/gm)].flatMap(([, pairs = '']) =>
    pairs.split(' ').map((pair): [string, string] => {
      const [name = '', ...value] = pair.split('=');
      return [name, value.join('=')];
    }),
  ),
);

describe('the compose file', () => {
  test('runs two processes of one kind, and lets people reach the balancer alone', () => {
    expect(ours.map(([name]) => name)).toEqual(['kibitz-1', 'kibitz-2']);
    const published = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
    expect(published.map(([name]) => name)).toEqual(['balancer']);
    expect(networks.data).toEqual({ internal: true });
    for (const name of ['postgres', 'redis']) expect(services[name]?.networks).toEqual(['data']);
  });

  test('names nothing that is not there', () => {
    for (const [name, service] of Object.entries(services)) {
      for (const other of Object.keys(service.depends_on ?? {}))
        expect(Object.keys(services), name).toContain(other);
      for (const network of service.networks) expect(Object.keys(networks)).toContain(network);
      for (const volume of service.volumes ?? []) {
        const source = volume.split(':')[0] ?? '';
        if (source.startsWith('.')) expect(existsSync(`${root}${source}`), source).toBe(true);
        else expect(Object.keys(volumes)).toContain(source);
      }
    }
  });

  test('waits only for those whose health is asked for; our own image asks itself', () => {
    const asked = Object.entries(services).filter(
      ([, { build, healthcheck }]) => build !== undefined || healthcheck !== undefined,
    );
    expect(asked.map(([name]) => name).sort()).toEqual(Object.keys(services).sort());
    expect(dockerfile).toMatch(/^HEALTHCHECK .*CMD \["node", "-e", /m);
  });

  test('gives everything time to end: ours more than the 30 s that going down may take', () => {
    for (const [name, { stop_grace_period, build }] of Object.entries(services))
      expect([name, secondsOf(stop_grace_period) > (build === undefined ? 29 : 30)]).toEqual([name, true]);
  });

  test('has no password in it, and does not start without one', () => {
    for (const required of ['PUBLIC_URL', 'POSTGRES_PASSWORD', 'REDIS_PASSWORD']) {
      expect(composeText).not.toMatch(new RegExp(`\\$\\{${required}(\\}|:-|-)`));
      const others = {
        PUBLIC_URL: 'http://localhost',
        POSTGRES_PASSWORD: 'a',
        REDIS_PASSWORD: 'b',
        [required]: '',
      };
      expect(() => interpolated(composeText, others)).toThrow(new RegExp(`^${required}: .`));
    }
    expect(composeText).not.toMatch(/PASSWORD: (?!\$\{)/);
  });

  test('asks for nothing that its form lacks, and its form for nothing that nobody reads', () => {
    const wanted = [...composeText.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
    expect([...new Set(wanted)].sort()).toEqual(Object.keys(form).sort());
  });

  test('starts our processes with variables that they know, and values that they take', () => {
    const filled = { ...form, POSTGRES_PASSWORD: 'a1', REDIS_PASSWORD: 'b2' };
    for (const [, { environment }] of ours) {
      expect(Object.keys(environment).filter((name) => !variableNames.includes(name))).toEqual([]);
      const values = Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [name, interpolated(value, filled)]),
      );
      expect(readConfig({ ...dockerVariables, ...values })).toMatchObject({
        host: '0.0.0.0',
        port: 3000,
        publicUrl: 'http://localhost',
        databaseUrl: 'postgres://kibitz:a1@postgres:5432/kibitz',
        redis: { url: 'redis://:b2@redis:6379' },
        trustedProxies: ['uniquelocal'],
      });
    }
    expect(interpolated(services.redis?.command?.join(' ') ?? '', filled)).toContain(
      '--requirepass "$REDIS_PASSWORD"',
    );
  });
});

describe('the balancer', () => {
  test('knows our processes by name and port, and whether each can serve', () => {
    const upstreams = /reverse_proxy ([^{]+) \{/.exec(caddyfile)?.[1]?.split(' ');
    expect(upstreams).toEqual(ours.map(([name]) => `${name}:${dockerVariables.PORT}`));
    expect(caddyfile).toMatch(/^\s*health_uri \/readyz$/m);
    expect(caddyfile).toMatch(/^\s*lb_policy least_conn$/m);
    for (const [name] of ours) expect(services.balancer?.depends_on).toHaveProperty(name);
  });

  test('lets WebSockets and event streams through, Host as it came, and no figures out', () => {
    expect(caddyfile).toMatch(/^\s*flush_interval -1$/m);
    expect(caddyfile).not.toMatch(/header_up|stream_timeout|transport|encode/);
    expect(caddyfile).toMatch(/^\s*respond \/metrics 404$/m);
  });

  test('answers to the address that people are told', () => {
    expect(caddyfile).toMatch(/^\{\$PUBLIC_URL\} \{$/m);
    expect(services.balancer?.environment).toHaveProperty('PUBLIC_URL');
  });
});

describe('the image', () => {
  const stages = dockerfile.split(/^(?=FROM )/m).filter((stage) => stage.startsWith('FROM '));
  const last = stages.at(-1) ?? '';
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, paths = '']) =>
    paths.trim().split(/\s+/).slice(0, -1),
  );

  test('copies what is there and is let through, and nothing else is let through', () => {
    for (const path of copied) expect(existsSync(`${root}${path}`), path).toBe(true);
    const let_through = read('.dockerignore')
      .match(/^!.+$/gm)
      ?.map((line) => line.slice(1));
    expect(let_through?.sort()).toEqual([...new Set(copied)].sort());
    expect(read('.dockerignore')).toMatch(/^\*$/m);
  });

  test('is of the Node that is asked for', () => {
    const wanted = (JSON.parse(read('package.json')) as { engines: { node: string } }).engines.node;
    for (const stage of stages) expect(stage).toMatch(new RegExp(`^FROM node:${/\d+/.exec(wanted)}-slim`));
  });

  test('has migrations, the page where it is looked for, and starts without building', () => {
    expect(last).toMatch(/^COPY migrations \.\/migrations$/m);
    expect(last).toMatch(/^COPY --from=page \/build\/dist \.\/dist$/m);
    expect(read('src/http/page.ts')).toContain("'../../dist/client'");
    expect(last).toMatch(/^CMD \["node", "src\/main.ts"\]$/m);
    expect(last).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^RUN npm ci --omit=dev/m);
  });

  test('sets variables that the server knows', () => {
    const { NODE_ENV, ...others } = dockerVariables;
    expect(NODE_ENV).toBe('production');
    expect(Object.keys(others).filter((name) => !variableNames.includes(name))).toEqual([]);
    expect(last).toContain(`EXPOSE ${dockerVariables.PORT}\n`);
  });

  test('has every package that the server imports: none is only for development', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const imported = globSync(['src/**/*.ts', 'migrations/*.ts'], { cwd: root }).flatMap(
      (path) => sourceFile(path, read(path)).imports,
    );
    const packages = new Set(imported.filter((name) => !/^(\.|node:)/.test(name)).map(packageOf));
    expect([...packages].filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
  });
});

test('README tells of every variable, and of none that is not read', () => {
  const rows = [...read('README.md').matchAll(/^\| (`[A-Z][^|]*) \|/gm)].map(([, names]) => names ?? '');
  const told = rows.flatMap((names) => [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name ?? ''));
  expect(told.sort()).toEqual([...variableNames].sort());
});

describe('docs/operations.md', () => {
  const operations = read('docs/operations.md');
  const sources = globSync('src/**/*.ts', { cwd: root })
    .map((path) => read(path))
    .join('\n');

  test('asks for no figure that is not there', () => {
    const named = new Set(operations.match(/kibitz_[a-z_]+/g));
    expect(named.size).toBeGreaterThan(5);
    expect([...named].filter((name) => !sources.includes(`'${name}'`))).toEqual([]);
  });

  test('tells of no line of the log that is not written', () => {
    const rows = [...operations.matchAll(/^\| (`[^|]+`) \| \d\d \|/gm)].map(([, lines]) => lines ?? '');
    const lines = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, line]) => line ?? ''));
    expect(lines.length).toBeGreaterThan(15);
    expect(lines.filter((line) => !sources.includes(`'${line}'`))).toEqual([]);
  });
});

test('docs/reliability.md names tests that are there', () => {
  const rows = [...read('docs/reliability.md').matchAll(/^\| F\d+ .*$/gm)].map(([row]) => row);
  expect(rows).toHaveLength(24);
  for (const row of rows) {
    const files = [...row.matchAll(/test\/[\w/.-]+\.test\.ts/g)].map(([file]) => file);
    const texts = files.map((file) => read(file)).join('\n');
    for (const [id] of row.matchAll(/\[(?!CM)[A-Z]+\d+\]/g)) expect(texts, row).toContain(id);
  }
});
