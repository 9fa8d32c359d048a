import type { Template } from '../../src/domain/settings.ts';
import { botResult } from '../../src/protocol/bots.ts';
import { joinResult, newInviteResult } from '../../src/protocol/invites.ts';
import { newRoomResult } from '../../src/protocol/rooms.ts';
import { sessionResult } from '../../src/protocol/session.ts';
import { createHttpApi } from './http-api.ts';

/** A room made for a replay, and the way into it. */
export type Stage = {
  roomId: string;
  /** The owner's session, as a header. */
  cookie: string;
  participantLink: string;
  spectatorLink: string;
  /** Makes a person of this name a participant; gives their session, as a header. */
  enter(name: string): Promise<string>;
};

const persona =
  'You help people in a technical support channel. Answer in a few sentences, name the command to try, and say when ' +
  'you are not sure.';

type Plan = { url: string; title: string; template: Template; botName: string; signal: AbortSignal };

/** Makes the room as its owner would: a session, a bot that answers when it is named, the room, two links. */
export async function setStage({ url, title, template, botName, signal }: Plan): Promise<Stage> {
  const owner = createHttpApi(url, signal);
  await owner.post('/api/session', { name: 'Replay' }, sessionResult);
  const { bot } = await owner.post('/api/bots', { name: botName, persona }, botResult);
  const { room } = await owner.post(
    '/api/rooms',
    { title, template, settings: { reply: 'mention' }, bots: [bot.id] },
    newRoomResult,
  );
  const inviteTo = (role: 'participant' | 'spectator') =>
    owner.post(`/api/rooms/${room.id}/invites`, { role }, newInviteResult);
  const participant = await inviteTo('participant');
  const spectator = await inviteTo('spectator');
  return {
    roomId: room.id,
    cookie: owner.cookie(),
    participantLink: participant.url,
    spectatorLink: spectator.url,
    enter: async (name) => {
      const person = createHttpApi(url, signal);
      await person.post('/api/join', { token: participant.token, name }, joinResult);
      return person.cookie();
    },
  };
}
