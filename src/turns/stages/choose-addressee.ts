import { addresseeOf } from '../../domain/addressee.ts';
import { system } from '../../domain/command.ts';
import type { Addressee } from '../../domain/event.ts';
import type { Stage, TurnContext } from '../turn-context.ts';

/** Decides who answers and begins the turn with that decision. */
export const chooseAddressee: Stage = {
  name: 'addressee',
  async run(context) {
    const { eventLog, roomId, turn, lease } = context;
    const addressee = await decideAddressee(context);
    const args = { turnId: turn.turnId, addressee };
    await eventLog.handle({
      roomId,
      command: { name: 'turn.start', args },
      actor: system,
      turnEpoch: lease.epoch,
    });
    if (addressee.botId === null) return 'quiet';
    context.bot = await context.findBot(addressee.botId);
    return context.bot === undefined ? 'quiet' : undefined;
  },
};

async function decideAddressee({ eventLog, roomId, turn }: TurnContext): Promise<Addressee> {
  const state = await eventLog.stateOf(roomId);
  if ('messageId' in turn.trigger) {
    const message = await eventLog.findMessage(roomId, turn.trigger.messageId);
    return message === undefined ? nobody('the message is no longer there') : addresseeOf(message, state);
  }
  const reply = await eventLog.findMessage(roomId, turn.trigger.regenerate);
  if (reply === undefined) return nobody('the reply is no longer there');
  // Written anew, a reply stays with its bot, as long as that is in the room.
  const author = state.bots.find((bot) => bot.botId === reply.author.id);
  if (author !== undefined) {
    const reason = `${author.name} wrote the reply before`;
    return {
      botId: author.botId,
      by: state.bots.length === 1 ? 'only' : 'reply',
      confidence: 'high',
      reason,
    };
  }
  return addresseeOf({ text: '' }, state);
}

function nobody(reason: string): Addressee {
  return { botId: null, by: 'fallback', confidence: 'high', reason };
}
