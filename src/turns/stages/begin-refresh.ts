import { system } from '../../domain/command.ts';
import type { Stage } from '../turn-context.ts';

/** Begins a turn that brings the brief up to date: nobody answers in it. */
export const beginRefresh: Stage = {
  name: 'brief',
  async run({ eventLog, roomId, turn, lease }) {
    const reason = 'the brief is brought up to date';
    const addressee = { botId: null, by: 'only' as const, confidence: 'high' as const, reason };
    const command = { name: 'turn.start' as const, args: { turnId: turn.turnId, addressee } };
    await eventLog.handle({ roomId, command, actor: system, turnEpoch: lease.epoch });
    return undefined;
  },
};
