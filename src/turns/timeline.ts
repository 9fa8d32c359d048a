import { replyTo } from '../domain/messages.ts';
import type { RoomState, TimelineMessage } from '../domain/room-state.ts';
import type { Scene } from '../domain/scene.ts';
import { findScene } from '../domain/scene-change.ts';
import { subjectOf } from '../domain/turns.ts';
import { inAnsweringOrder } from './prompt.ts';
import type { TurnContext } from './turn-context.ts';

/** Messages that a prompt may draw on; the token budget leaves most of them out. */
const reach = 200;

type Where = Pick<TurnContext, 'eventLog' | 'roomId'>;

/** The timeline up to and with one message; only interjections on what stands are in it. */
export async function timelineUpTo(
  { eventLog, roomId }: Where,
  messageId: string,
): Promise<TimelineMessage[]> {
  const last = await eventLog.findMessage(roomId, messageId);
  if (last === undefined) return [];
  const { messages } = await eventLog.page(roomId, last.seq + 1, reach);
  const upTo = messages.slice(0, messages.findIndex((message) => message.messageId === last.messageId) + 1);
  // An interjection on a version that gave way waits for its own turn to be replaced; nobody should read it.
  const stands = new Set(upTo.map((message) => message.messageId));
  return upTo.filter(({ interjectionOf }) => interjectionOf === undefined || stands.has(interjectionOf));
}

/** What the words of a turn follow: all there is, or what stands before the place that is written anew. */
export async function timelineFor(context: TurnContext): Promise<readonly TimelineMessage[]> {
  const { eventLog, roomId, turn, interjectionOf } = context;
  if (interjectionOf !== undefined) return timelineUpTo(context, interjectionOf);
  if ('messageId' in turn.trigger) {
    const answered = replyTo(await eventLog.stateOf(roomId), turn.trigger.messageId);
    if (answered !== undefined) return (await timelineUpTo(context, answered.messageId)).slice(0, -1);
    const latest = await eventLog.latestMessages(await eventLog.stateOf(roomId));
    return inAnsweringOrder(latest, turn.trigger.messageId);
  }
  const reply = await eventLog.findMessage(roomId, subjectOf(turn.trigger));
  return reply === undefined ? [] : (await timelineUpTo(context, reply.messageId)).slice(0, -1);
}

/** The scene of the place where the words of a turn will stand. */
export async function sceneFor(context: TurnContext, state: RoomState): Promise<Scene | null> {
  const { eventLog, roomId, turn, interjectionOf } = context;
  const { trigger } = turn;
  const beside =
    interjectionOf ??
    ('messageId' in trigger ? replyTo(state, trigger.messageId)?.messageId : subjectOf(trigger));
  if (beside === undefined) return state.scene;
  return findScene(state, (await eventLog.findMessage(roomId, beside))?.scene);
}
