import { z } from 'zod';
import { type Decision, defineCommand, system } from '../command.ts';
import type { Actor } from '../event.ts';
import { requireRole } from '../permissions.ts';
import type { RoomState } from '../room-state.ts';

/** Queues a turn that brings the brief up to what is known; one that waits already is enough. */
export const briefRefresh = defineCommand({
  args: z.object({}),
  decide(_, state, { actor, newId }): Decision<{ turnId: string }> {
    requireRole(state, actor, 'participant');
    const waiting = refreshesIn(state).find(({ status }) => status === 'queued');
    if (waiting !== undefined) return { events: [], result: { turnId: waiting.turnId } };
    return queued(actor, newId());
  },
});

/** The same by Kibitz itself: where a room keeps a brief, something has changed since, and nothing else is going on. */
export const briefKeep = defineCommand({
  args: z.object({}),
  decide(_, state, { newId }): Decision<{ turnId?: string }> {
    const { room, brief, stateVersion, turns } = state;
    if (!room.settings.facts || stateVersion <= brief.basedOn || turns.length > 0) {
      return { events: [], result: {} };
    }
    return queued(system, newId());
  },
});

function refreshesIn({ turns }: RoomState) {
  return turns.filter(({ trigger }) => 'refresh' in trigger);
}

function queued(actor: Actor, turnId: string): Decision<{ turnId: string }> {
  const data = { by: actor.id, trigger: { refresh: 'brief' as const } };
  return { events: [{ kind: 'turn.queued', actor, turnId, data }], result: { turnId } };
}
