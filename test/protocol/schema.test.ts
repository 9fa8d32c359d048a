import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { protocolVersion } from '../../src/protocol/version.ts';
import { fingerprint, wireFingerprints } from '../support/wire-schemas.ts';

const file = new URL('./schema.snap.json', import.meta.url);
const howTo = 'UPDATE_SCHEMA=1 npx vitest run test/protocol/schema.test.ts';
const storedSchema = z.object({ protocolVersion: z.int(), shapes: z.record(z.string(), z.string()) });
type Stored = z.infer<typeof storedSchema>;

function readStored(): Stored {
  return storedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** What has to be done before these shapes may go out; undefined when they are those of the stored version. */
function complaint(stored: Stored, now: Stored): string | undefined {
  const names = new Set([...Object.keys(stored.shapes), ...Object.keys(now.shapes)]);
  const changed = [...names].filter((name) => stored.shapes[name] !== now.shapes[name]).sort();
  const isRaised = now.protocolVersion > stored.protocolVersion;
  if (changed.length > 0 && !isRaised) {
    const what = changed.join(', ');
    return `The wire changed (${what}): raise protocolVersion in src/protocol/version.ts, then ${howTo}`;
  }
  if (now.protocolVersion !== stored.protocolVersion) return `protocolVersion changed: ${howTo}`;
  return undefined;
}

test('[PR1] the wire changes only with its version', async () => {
  const now = { protocolVersion, shapes: await wireFingerprints() };
  const isRaised = !existsSync(file) || readStored().protocolVersion < protocolVersion;
  if (process.env.UPDATE_SCHEMA && isRaised) writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
  expect(complaint(readStored(), now)).toBeUndefined();
});

test('[PR1] the check finds commands, answers, server events and the log’s events', async () => {
  const names = Object.keys(await wireFingerprints());
  expect(names).toEqual(
    expect.arrayContaining([
      'room-commands roomCommandArgs message.post',
      'room-join roomJoinResult',
      'server-events serverEvents token',
      'event message.posted',
      'snapshot snapshotSchema',
    ]),
  );
});

test('[PR1] the check sees a new field, and says what to do', () => {
  const old = z.object({ a: z.string() });
  const shapes = { thing: fingerprint(old) };
  const changed = { thing: fingerprint(old.extend({ b: z.string().optional() })) };
  const stored = { protocolVersion: 1, shapes };
  expect(complaint(stored, stored)).toBeUndefined();
  expect(complaint(stored, { protocolVersion: 1, shapes: changed })).toMatch(
    /\(thing\): raise protocolVersion/,
  );
  expect(complaint(stored, { protocolVersion: 1, shapes: {} })).toMatch(/raise protocolVersion/);
  expect(complaint(stored, { protocolVersion: 2, shapes: changed })).toBe(
    `protocolVersion changed: ${howTo}`,
  );
});
