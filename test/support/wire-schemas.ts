import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { eventData, loggedEventSchema } from '../../src/domain/event.ts';

const folder = fileURLToPath(new URL('../../src/protocol/', import.meta.url));

/** A short fingerprint of every schema of the wire, by name: each file of `src/protocol`, and the events. */
export async function wireFingerprints(): Promise<Record<string, string>> {
  const modules = globSync('*.ts', { cwd: folder }).map(async (file): Promise<[string, unknown]> => {
    return [file.replace('.ts', ''), { ...(await import(`${folder}${file}`)) }];
  });
  const all = [...(await Promise.all(modules)), ['event', { loggedEventSchema, ...eventData }]];
  const found = all.flatMap(([name, exported]) => schemasIn(String(name), exported));
  return Object.fromEntries(found.map(([name, schema]) => [name, fingerprint(schema)] as const).sort());
}

function schemasIn(name: string, value: unknown): [string, z.ZodType][] {
  if (value instanceof z.ZodType) return [[name, value]];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => schemasIn(`${name} ${key}`, inner));
}

/** Of what may be sent and of what it is read as. */
export function fingerprint(schema: z.ZodType): string {
  const shapes = (['input', 'output'] as const).map((io) =>
    z.toJSONSchema(schema, { io, unrepresentable: 'any' }),
  );
  return createHash('sha256').update(JSON.stringify(shapes)).digest('hex').slice(0, 16);
}
