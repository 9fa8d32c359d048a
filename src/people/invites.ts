import type { Database } from '../db/database.ts';
import { compiled } from '../db/query.ts';
import { changedBy, type Steps } from '../db/steps.ts';
import type { Tables } from '../db/tables.ts';
import { type GrantableRole, grantableRoleSchema } from '../domain/roles.ts';
import type { Clock } from '../lib/clock.ts';
import { KibitzError } from '../lib/errors.ts';
import { type NewId, randomSecret } from '../lib/ids.ts';
import type { Invite } from '../protocol/invites.ts';
import { hashOfSecret } from './secret-hash.ts';

export type NewInvite = {
  role: GrantableRole;
  expiresInHours?: number | undefined;
  maxUses?: number | undefined;
};

/** The refusal of an invite that lets nobody in any more. */
export const gone = () =>
  new KibitzError(
    'gone',
    'This link does not work any more: it expired, was revoked or is used up. Ask for a new one.',
  );

function fromRow(row: Tables['invites']): Invite {
  return {
    id: row.id,
    role: grantableRoleSchema.parse(row.role),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    maxUses: row.max_uses,
    uses: row.uses,
    revoked: row.revoked !== 0,
  };
}

/** Whether an invite has let in as many as it may. Those who are in already may still come by it. */
export function isUsedUp({ uses, maxUses }: Invite): boolean {
  return maxUses !== null && uses >= maxUses;
}

/** Links into rooms, each with a role, and perhaps an end and a number of uses. Their tokens are kept as hashes. */
export function createInvites(db: Database, clock: Clock, newId: NewId) {
  const now = () => clock.now().toISOString();

  return {
    async create(roomId: string, wanted: NewInvite): Promise<{ invite: Invite; token: string }> {
      const token = randomSecret();
      const hours = wanted.expiresInHours;
      const row = {
        id: newId(),
        room_id: roomId,
        token_hash: hashOfSecret(token),
        role: wanted.role,
        created_at: now(),
        expires_at:
          hours === undefined ? null : new Date(clock.now().getTime() + hours * 3_600_000).toISOString(),
        max_uses: wanted.maxUses ?? null,
        uses: 0,
        revoked: 0,
      };
      await db.transact(roomId, function* () {
        yield compiled(db.sql.insertInto('invites').values(row));
      });
      return { invite: fromRow(row), token };
    },

    /** The newest first. */
    async list(roomId: string): Promise<Invite[]> {
      const query = db.sql
        .selectFrom('invites')
        .selectAll()
        .where('room_id', '=', roomId)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(200);
      return (await db.run(compiled(query))).map(fromRow);
    },

    /** False when the room has no such invite. */
    async revoke(roomId: string, inviteId: string): Promise<boolean> {
      const query = db.sql
        .updateTable('invites')
        .set({ revoked: 1 })
        .where('id', '=', inviteId)
        .where('room_id', '=', roomId);
      return (await db.transact(roomId, () => changedBy(compiled(query)))) > 0;
    },

    /** The invite behind a token: `not_found` if there is none, `gone` if it expired or was revoked. */
    async find(token: string): Promise<{ roomId: string; invite: Invite }> {
      const query = db.sql.selectFrom('invites').selectAll().where('token_hash', '=', hashOfSecret(token));
      const [row] = await db.run(compiled(query));
      if (row === undefined)
        throw new KibitzError('not_found', 'This link is not known here. Check that it is whole.');
      const invite = fromRow(row);
      const isOver = invite.expiresAt !== null && invite.expiresAt <= now();
      if (invite.revoked || isOver) throw gone();
      return { roomId: row.room_id, invite };
    },

    /** Counts a use, within the append that lets somebody in; at the last moment a used up invite is `gone`. */
    *use(inviteId: string): Steps<void> {
      const uses = yield* changedBy(
        compiled(
          db.sql
            .updateTable('invites')
            .set((eb) => ({ uses: eb('uses', '+', 1) }))
            .where('id', '=', inviteId)
            .where('revoked', '=', 0)
            .where((eb) => eb.or([eb('max_uses', 'is', null), eb('uses', '<', eb.ref('max_uses'))])),
        ),
      );
      if (uses === 0) throw gone();
    },
  };
}

export type Invites = ReturnType<typeof createInvites>;
