import type { Database } from '../db/database.ts';
import { compiled, prepared } from '../db/query.ts';
import type { Clock } from '../lib/clock.ts';
import { type NewId, randomSecret } from '../lib/ids.ts';
import type { User } from '../protocol/session.ts';
import { hashOfSecret } from './secret-hash.ts';

/** Who is calling, and by which session: signing out ends that one alone. */
export type Caller = { user: User; sessionId: string };

/** Milliseconds a guest's cookie lasts. */
export const sessionLifetime = 180 * 24 * 3_600_000;

/** Guests with a name, their sessions, and tokens for scripts. Secrets are returned once and kept as hashes. */
export function createAccounts(db: Database, clock: Clock, newId: NewId) {
  const signedOut = new Set<(sessionId: string) => void>();
  const find = prepared((values: { hash: string }) =>
    db.sql
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .select(['sessions.id as session_id', 'sessions.expires_at', 'users.id', 'users.name'])
      .where('sessions.token_hash', '=', values.hash),
  );

  function newSession(
    userId: string,
    kind: 'cookie' | 'token',
    label: string | null,
    expiresAt: string | null,
  ) {
    const secret = randomSecret();
    const created_at = clock.now().toISOString();
    const row = { id: newId(), token_hash: hashOfSecret(secret), user_id: userId, kind, label, created_at };
    return {
      secret,
      query: compiled(db.sql.insertInto('sessions').values({ ...row, expires_at: expiresAt })),
    };
  }

  return {
    /** Makes a guest. */
    async signUp(name: string): Promise<{ user: User; secret: string }> {
      const user = { id: newId(), name };
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + sessionLifetime).toISOString();
      const { secret, query } = newSession(user.id, 'cookie', null, expiresAt);
      await db.transact('accounts', function* () {
        yield compiled(db.sql.insertInto('users').values({ ...user, created_at: now.toISOString() }));
        yield query;
      });
      return { user, secret };
    },

    /** Who a cookie or a token belongs to; undefined when it is unknown, expired or signed out. */
    async authenticate(secret: string): Promise<Caller | undefined> {
      const [row] = await db.run(find({ hash: hashOfSecret(secret) }));
      if (row === undefined) return undefined;
      if (row.expires_at !== null && row.expires_at <= clock.now().toISOString()) return undefined;
      return { user: { id: row.id, name: row.name }, sessionId: row.session_id };
    },

    async newToken(userId: string, label: string): Promise<string> {
      const { secret, query } = newSession(userId, 'token', label, null);
      await db.transact('accounts', function* () {
        yield query;
      });
      return secret;
    },

    async signOut(sessionId: string): Promise<void> {
      await db.transact('accounts', function* () {
        yield compiled(db.sql.deleteFrom('sessions').where('id', '=', sessionId));
      });
      for (const listener of signedOut) listener(sessionId);
    },

    /** Of these sessions, those that have ended or expired. */
    async endedAmong(sessionIds: readonly string[]): Promise<string[]> {
      if (sessionIds.length === 0) return [];
      const now = clock.now().toISOString();
      const query = db.sql
        .selectFrom('sessions')
        .select('id')
        .where('id', 'in', [...sessionIds])
        .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]));
      const standing = new Set((await db.run(compiled(query))).map(({ id }) => id));
      return sessionIds.filter((id) => !standing.has(id));
    },

    /** Calls back after a session has ended, so that what it had open can be closed. Returns how to stop. */
    onSignedOut(listener: (sessionId: string) => void): () => void {
      signedOut.add(listener);
      return () => signedOut.delete(listener);
    },
  };
}

export type Accounts = ReturnType<typeof createAccounts>;
