const schemes = new Set(['http:', 'https:', 'mailto:']);

export type LinkTarget = { href: string; where: string };

/** Where a link in a text leads, or undefined when it may not lead anywhere: only the web and mail are linked. */
export function linkTarget(raw: unknown): LinkTarget | undefined {
  if (typeof raw !== 'string' || !URL.canParse(raw)) return undefined;
  const url = new URL(raw);
  if (!schemes.has(url.protocol)) return undefined;
  const where = url.protocol === 'mailto:' ? `Write to ${url.pathname}` : `Opens ${url.host}`;
  return { href: url.href, where };
}
