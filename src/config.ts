import { isIP } from 'node:net';
import { z } from 'zod';

// Not coerced: to `Number` a blank is 0.
const number = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'must be a number')
  .transform(Number);
const tokensADay = number.pipe(z.int().positive());
const leaseMs = number.pipe(z.int().min(1_000).max(60_000));
const port = number.pipe(z.int().max(65_535));
const url = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );
/** An empty variable counts as unset: that is how compose files and shells write «none». */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const withDefault = <T extends z.ZodType>(schema: T, value: string) =>
  z.preprocess((given) => (given === undefined || given === '' ? value : given), schema);

/** Whether Express would take it as one that may say where a request comes from: an address, a network, or a name for some. */
function isProxy(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...more] = text.split('/');
  const most = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : 0;
  if (most === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= most);
}

const environment = z
  .object({
    PORT: withDefault(port, '3000'),
    HOST: withDefault(z.string(), '127.0.0.1'),
    DATABASE_URL: withDefault(
      z.string().regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)/, 'must be sqlite:PATH or postgres://…'),
      'sqlite:./data/kibitz.db',
    ),
    DATABASE_CONNECTIONS: optional(number.pipe(z.int().min(2).max(1_000))),
    REDIS_URL: optional(url('redis:', 'rediss:')),
    REDIS_PREFIX: withDefault(
      z.string().regex(/^[\w.:-]{1,64}$/, 'must be 1 to 64 letters, digits or any of _ . : -'),
      'kibitz',
    ),
    OPENAI_BASE_URL: optional(url('http:', 'https:')),
    OPENAI_API_KEY: optional(z.string()),
    MODEL: optional(z.string()),
    CLASSIFIER_MODEL: optional(z.string()),
    EMBEDDING_MODEL: optional(z.string()),
    FALLBACK_BASE_URL: optional(url('http:', 'https:')),
    FALLBACK_API_KEY: optional(z.string()),
    FALLBACK_MODEL: optional(z.string()),
    PUBLIC_URL: optional(url('http:', 'https:')),
    TRUSTED_PROXIES: optional(
      z
        .string()
        .transform((text) => text.split(',').map((part) => part.trim()))
        .refine(
          (parts) => parts.every(isProxy),
          'must be addresses or networks, such as 10.0.0.0/8, with commas',
        ),
    ),
    SIGNUP: withDefault(z.enum(['open', 'invite']), 'open'),
    LOG_LEVEL: withDefault(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), 'info'),
    TURN_LEASE_MS: optional(leaseMs),
    DAILY_TOKENS_PER_ROOM: optional(tokensADay),
    DAILY_TOKENS_PER_USER: optional(tokensADay),
    DEMO_TOKENS_PER_SECOND: withDefault(number.pipe(z.number().max(100_000)), '40'),
  })
  .superRefine((env, context) => {
    const needsModel = (endpoint: unknown, model: unknown, variable: string) => {
      if (endpoint !== undefined && model === undefined) {
        context.addIssue({
          code: 'custom',
          path: [variable],
          message: 'must name a model when an endpoint is set',
        });
      }
    };
    needsModel(env.OPENAI_BASE_URL ?? env.OPENAI_API_KEY, env.MODEL, 'MODEL');
    if (env.EMBEDDING_MODEL !== undefined && (env.OPENAI_BASE_URL ?? env.OPENAI_API_KEY) === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['EMBEDDING_MODEL'],
        message: 'needs an endpoint: set OPENAI_BASE_URL or OPENAI_API_KEY',
      });
    }
    needsModel(env.FALLBACK_BASE_URL ?? env.FALLBACK_API_KEY, env.FALLBACK_MODEL, 'FALLBACK_MODEL');
  });

/** The names of all variables that are read. */
export const variableNames: readonly string[] = Object.keys(environment.shape);

/** An OpenAI-compatible endpoint. */
export type Endpoint = { baseUrl: string; apiKey?: string; model: string };

export type Config = {
  port: number;
  host: string;
  databaseUrl: string;
  /** Connections to PostgreSQL at most; unset: 10. */
  databaseConnections?: number;
  /** Unset: one process, or several that hear of each other through the database alone. */
  redis?: { url: string; prefix: string };
  /** Unset: the demo model answers. */
  endpoint?: Endpoint;
  fallback?: Endpoint;
  /** The model for the small structured calls; unset: the one for replies. */
  classifierModel?: string;
  /** The model of the first endpoint that tells what passages mean; unset: the library is searched by words alone. */
  embeddingModel?: string;
  /** Unset: `http://localhost:PORT`. */
  publicUrl?: string;
  /** Addresses and networks that are believed where a request comes from; unset: this machine. */
  trustedProxies?: readonly string[];
  signup: 'open' | 'invite';
  logLevel: string;
  /** Milliseconds after which another process may take over the turns of one that is gone; unset: 6 s. */
  turnLeaseMs?: number;
  /** Tokens a day that each room, and each person, may take; unset: as many as they like. */
  dailyTokensPerRoom?: number;
  dailyTokensPerUser?: number;
  /** How fast the demo model writes; 0 is as fast as it can. */
  demoTokensPerSecond: number;
};

const openAi = 'https://api.openai.com/v1';

function endpointOf(baseUrl?: string, apiKey?: string, model?: string): Endpoint | undefined {
  if (model === undefined || (baseUrl === undefined && apiKey === undefined)) return undefined;
  return { baseUrl: baseUrl ?? openAi, model, ...(apiKey === undefined ? {} : { apiKey }) };
}

/** Reads the environment. Throws one line that names the variable whose value will not do. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const env = parsed.data;
  const endpoint = endpointOf(env.OPENAI_BASE_URL, env.OPENAI_API_KEY, env.MODEL);
  const fallback = endpointOf(env.FALLBACK_BASE_URL, env.FALLBACK_API_KEY, env.FALLBACK_MODEL);
  return {
    port: env.PORT,
    host: env.HOST,
    databaseUrl: env.DATABASE_URL,
    ...(env.DATABASE_CONNECTIONS === undefined ? {} : { databaseConnections: env.DATABASE_CONNECTIONS }),
    ...(env.REDIS_URL === undefined ? {} : { redis: { url: env.REDIS_URL, prefix: env.REDIS_PREFIX } }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(fallback === undefined ? {} : { fallback }),
    ...(env.CLASSIFIER_MODEL === undefined ? {} : { classifierModel: env.CLASSIFIER_MODEL }),
    ...(env.EMBEDDING_MODEL === undefined ? {} : { embeddingModel: env.EMBEDDING_MODEL }),
    ...(env.PUBLIC_URL === undefined ? {} : { publicUrl: new URL(env.PUBLIC_URL).origin }),
    ...(env.TRUSTED_PROXIES === undefined ? {} : { trustedProxies: env.TRUSTED_PROXIES }),
    signup: env.SIGNUP,
    logLevel: env.LOG_LEVEL,
    ...(env.TURN_LEASE_MS === undefined ? {} : { turnLeaseMs: env.TURN_LEASE_MS }),
    ...(env.DAILY_TOKENS_PER_ROOM === undefined ? {} : { dailyTokensPerRoom: env.DAILY_TOKENS_PER_ROOM }),
    ...(env.DAILY_TOKENS_PER_USER === undefined ? {} : { dailyTokensPerUser: env.DAILY_TOKENS_PER_USER }),
    demoTokensPerSecond: env.DEMO_TOKENS_PER_SECOND,
  };
}
