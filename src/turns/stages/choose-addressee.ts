import { addresseeOf, type Verdict } from '../../domain/addressee.ts';
import { system } from '../../domain/command.ts';
import type { Addressee } from '../../domain/event.ts';
import type { RoomState, TimelineMessage } from '../../domain/room-state.ts';
import { subjectOf } from '../../domain/turns.ts';
import { classifyAddressee } from '../classify-addressee.ts';
import { meterOf } from '../meter.ts';
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
    context.addressee = addressee;
    if (addressee.botId === null) return 'quiet';
    context.bot = await context.findBot(addressee.botId);
    return context.bot === undefined ? 'quiet' : undefined;
  },
};

async function decideAddressee(context: TurnContext): Promise<Addressee> {
  const { eventLog, roomId, turn } = context;
  const state = await eventLog.stateOf(roomId);
  if ('messageId' in turn.trigger) {
    const message = await eventLog.findMessage(roomId, turn.trigger.messageId);
    if (message === undefined) return nobody('the message is no longer there');
    return decide(context, state, message, unsureSince(state, message));
  }
  const reply = await eventLog.findMessage(roomId, subjectOf(turn.trigger));
  if (reply === undefined) return nobody('the reply is no longer there');
  const asked = reply.cause === undefined ? undefined : await eventLog.findMessage(roomId, reply.cause);
  const isEdited = reply.interjectionOf === undefined && asked?.edited === true && asked.at > reply.at;
  const kept = isEdited ? undefined : keptDecision(state, reply);
  if (kept !== undefined) return kept;
  if (asked === undefined) return nobody('the message it answered is no longer there');
  return decide(context, await stateBefore(context, state, asked), asked, []);
}

/** The ladder's decision, or the classifier's where the structure of the messages does not tell. */
async function decide(
  context: TurnContext,
  state: RoomState,
  message: TimelineMessage,
  joined: readonly TimelineMessage[],
): Promise<Addressee> {
  const verdict = addresseeOf(message, state);
  const open = verdict.isUnsure ? [message, ...joined] : joined;
  const isDecided = !verdict.isUnsure && (verdict.botId !== null || open.length === 0);
  const host = state.bots.find(({ role }) => role === 'host') ?? state.bots[0];
  const [first] = open;
  if (isDecided || host === undefined || first === undefined) return withoutDoubt(verdict);
  const before = state.messages.filter(({ seq }) => seq < first.seq);
  const meter = meterOf(context, 'addressee');
  return classifyAddressee(context, { state, before, messages: open, host, meter });
}

/** What people wrote after a message and joined its turn, since it does not tell either whom it is for. */
function unsureSince(state: RoomState, { seq }: TimelineMessage): TimelineMessage[] {
  const answered = new Set(state.messages.map(({ cause }) => cause));
  const asks = new Set(state.turns.map(({ trigger }) => ('messageId' in trigger ? trigger.messageId : '')));
  return state.messages.filter(
    (message) =>
      message.seq > seq &&
      message.author.type === 'user' &&
      !answered.has(message.messageId) &&
      !asks.has(message.messageId) &&
      addresseeOf(message, state).isUnsure,
  );
}

/** Why the bot of a reply answered, while it is in the room: that is not decided again for the same text. */
function keptDecision(state: RoomState, { author, addressee }: TimelineMessage): Addressee | undefined {
  const bot = state.bots.find(({ botId }) => botId === author.id);
  if (bot === undefined) return undefined;
  if (addressee?.botId === bot.botId) return addressee;
  const by = state.bots.length === 1 ? 'only' : 'reply';
  return { botId: bot.botId, by, confidence: 'high', reason: `${bot.name} wrote the reply before` };
}

/** The room with the messages around an older one, which the newest state may not hold. */
async function stateBefore(
  { eventLog, roomId }: TurnContext,
  state: RoomState,
  { seq, messageId }: TimelineMessage,
): Promise<RoomState> {
  if (state.messages.some((message) => message.messageId === messageId)) return state;
  return { ...state, messages: (await eventLog.page(roomId, seq + 1, 100)).messages };
}

function withoutDoubt({ isUnsure: _, ...addressee }: Verdict): Addressee {
  return addressee;
}

function nobody(reason: string): Addressee {
  return { botId: null, by: 'fallback', confidence: 'high', reason };
}
