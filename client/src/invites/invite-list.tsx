import type { Invite } from '../../../src/protocol/invites.ts';
import { api } from '../api/api.ts';
import { Button } from '../ui/button.tsx';
import { tellError } from '../ui/toasts.tsx';

type Props = { roomId: string; invites: readonly Invite[]; onChanged: () => Promise<void> };

const forRole = { moderator: 'To moderate', participant: 'To take part', spectator: 'To watch' } as const;

function stateOf(invite: Invite): string {
  if (invite.revoked) return 'revoked';
  if (invite.expiresAt !== null && Date.parse(invite.expiresAt) < Date.now()) return 'expired';
  if (invite.maxUses !== null && invite.uses >= invite.maxUses) return 'used up';
  const uses = invite.maxUses === null ? `used ${invite.uses}×` : `used ${invite.uses} of ${invite.maxUses}`;
  const until =
    invite.expiresAt === null ? 'no expiry' : `until ${new Date(invite.expiresAt).toLocaleDateString()}`;
  return `${uses} · ${until}`;
}

const deadStates = ['revoked', 'expired', 'used up'];

/** The links there are, the live ones with a way to take them back. */
export function InviteList({ roomId, invites, onChanged }: Props) {
  if (invites.length === 0) return null;
  const revoke = async (inviteId: string) => {
    try {
      await api.revokeInvite(roomId, inviteId);
      await onChanged();
    } catch (error) {
      tellError('The link still works', error);
    }
  };
  return (
    <section className="invite-list" aria-label="Links made before">
      <h3>Links made so far</h3>
      <ul>
        {invites.map((invite) => {
          const state = stateOf(invite);
          const isDead = deadStates.includes(state);
          return (
            <li key={invite.id} className={isDead ? 'invite invite-dead' : 'invite'}>
              <span className="invite-role">{forRole[invite.role]}</span>
              <span className="invite-about">{state}</span>
              {isDead ? null : (
                <Button small look="danger" onClick={() => void revoke(invite.id)}>
                  Revoke
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
