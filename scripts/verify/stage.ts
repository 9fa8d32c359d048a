import { z } from 'zod';
import type { Template } from '../../src/domain/settings.ts';
import { botResult } from '../../src/protocol/bots.ts';
import { joinResult, newInviteResult } from '../../src/protocol/invites.ts';
import { newRoomResult } from '../../src/protocol/rooms.ts';
import { sessionResult } from '../../src/protocol/session.ts';
import { Account } from './account.ts';

/** A room of the mix, and the way into it. */
export type Stage = {
  roomId: string;
  owner: Account;
  /** Lets somebody new in, by an invite to take part or by the link for those who watch. */
  enter(role: 'participant' | 'spectator', name: string): Promise<Account>;
};

const persona = 'You help people who look for a fault. Answer in a few sentences.';

/** Makes a room with a bot that answers, as its owner would. */
export async function makeStage(urls: readonly string[], title: string, template: Template): Promise<Stage> {
  const owner = new Account(urls);
  owner.userId = (
    await owner.ask('POST', '/api/session', sessionResult, { name: `Owner of ${title}` })
  ).user.id;
  const { bot } = await owner.ask('POST', '/api/bots', botResult, { name: 'Kibitz', persona });
  const { room } = await owner.ask('POST', '/api/rooms', newRoomResult, { title, template, bots: [bot.id] });
  const invite = (role: string) =>
    owner.ask('POST', `/api/rooms/${room.id}/invites`, newInviteResult, { role });
  const tokens = {
    participant: (await invite('participant')).token,
    spectator: (await invite('spectator')).token,
  };
  return {
    roomId: room.id,
    owner,
    async enter(role, name) {
      const account = new Account(urls);
      await account.ask('POST', '/api/join', joinResult, { token: tokens[role], name });
      const { user } = await account.ask(
        'GET',
        '/api/session',
        z.object({ user: z.object({ id: z.string() }) }),
      );
      account.userId = user.id;
      return account;
    },
  };
}
