import { z } from 'zod';

/**
 * As much of the Compose Specification as our file uses, and nothing else: a name that is misspelt, or one that nobody has
 * looked up yet, does not pass.
 */
const duration = z.string().regex(/^(\d+(us|ms|s|m|h))+$/);
const bytes = z.string().regex(/^\d+[bkmg]$/);
const name = z.string().regex(/^[a-zA-Z0-9._-]+$/);
const variables = z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string());

const serviceSchema = z.strictObject({
  image: z.string().regex(/^[a-z0-9]+(:[\w.-]+)?$/),
  build: z.literal('.').optional(),
  user: name.optional(),
  restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']),
  stop_grace_period: duration,
  networks: z.array(name).min(1),
  ports: z.array(z.string().regex(/^\d+:\d+(\/(tcp|udp))?$/)).optional(),
  depends_on: z
    .record(
      name,
      z.strictObject({
        condition: z.enum(['service_started', 'service_healthy', 'service_completed_successfully']),
      }),
    )
    .optional(),
  environment: variables,
  volumes: z.array(z.string().regex(/^[\w./-]+:\/[\w./-]+(:ro)?$/)).optional(),
  command: z.array(z.string()).optional(),
  shm_size: bytes.optional(),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string().startsWith('/')).optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()).min(2),
      interval: duration,
      timeout: duration,
      retries: z.int().positive(),
      start_period: duration.optional(),
    })
    .optional(),
  deploy: z.strictObject({
    resources: z.strictObject({
      limits: z.strictObject({ cpus: z.string().regex(/^\d+(\.\d+)?$/), memory: bytes }),
    }),
  }),
});

export const composeSchema = z
  .strictObject({
    name,
    'x-kibitz': z.unknown(),
    services: z.record(name, serviceSchema),
    networks: z.record(name, z.strictObject({ internal: z.boolean().optional() }).nullable()),
    volumes: z.record(name, z.null()),
  })
  .transform(({ 'x-kibitz': _, ...rest }) => rest);

export type Compose = z.output<typeof composeSchema>;

/** `${NAME:-value}`, `${NAME:?what is missing}` and `$$` as Compose puts them in; throws for what is required and not there. */
export function interpolated(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$(?:\$|\{([A-Z][A-Z0-9_]*)(:[-?])([^}]*)\})/g,
    (whole: string, variable?: string, how?: string, rest = '') => {
      if (variable === undefined || how === undefined) return whole === '$$' ? '$' : whole;
      const value = values[variable] ?? '';
      if (value !== '') return value;
      if (how === ':?') throw new Error(`${variable}: ${rest}`);
      return rest;
    },
  );
}

/** Seconds of a duration such as `40s` or `1m30s`. */
export function secondsOf(text: string): number {
  const units = { us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3_600 };
  return [...text.matchAll(/(\d+)(us|ms|s|m|h)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units],
    0,
  );
}
