/**
 * Which pages may talk to this server. A browser names the page's origin with every socket and every post; programs that
 * are not browsers name none. The host is checked too, or a foreign name that resolves here would pass as our own.
 */
export type OriginPolicy = { allows(origin: string | undefined, host: string | undefined): boolean };

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** Allows the public origin and, for those who sit at the machine itself, its loopback names at the same port. */
export function createOriginPolicy(publicUrl: string, port: number): OriginPolicy {
  const { origin: publicOrigin, host: publicHost } = new URL(publicUrl);
  const local = loopback.map((name) => `${name}:${port}`);
  const origins = new Set([publicOrigin, ...local.map((host) => new URL(`http://${host}`).origin)]);
  const hosts = new Set([publicHost, ...local, ...(port === 80 ? loopback : [])]);
  return {
    allows: (origin, host) =>
      (origin === undefined || origins.has(origin)) && host !== undefined && hosts.has(host.toLowerCase()),
  };
}
