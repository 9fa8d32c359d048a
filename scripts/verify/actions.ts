import type { RoomState, TimelineMessage } from '../../src/domain/room-state.ts';
import type { RoomCommandName } from '../../src/protocol/room-commands.ts';
import type { Random } from './random.ts';

/** How often a client does what, in shares. What does not fit the room as it is becomes a message. */
const weights = {
  post: 26,
  reply: 8,
  regenerateLatest: 9,
  regenerateOlder: 4,
  regenerateWithText: 2,
  select: 3,
  edit: 5,
  remove: 3,
  rewind: 2,
  undo: 1,
  stop: 6,
  factAdd: 5,
  factEdit: 5,
  factRemove: 2,
  taskAdd: 4,
  taskAnswer: 4,
  taskDismiss: 2,
  cut: 7,
  move: 3,
};

export type Command = { name: RoomCommandName; args: Record<string, unknown> };
export type Action = { type: 'command'; command: Command } | { type: 'cut' } | { type: 'move' };

type Who = { userId: string; isOwner: boolean; random: Random; newText(): string };

/** What somebody does next in a room that stands like this: by their own chance alone, so that a seed gives the plan. */
export function nextAction(state: RoomState, { userId, isOwner, random, newText }: Who): Action {
  const kind = random.weighted(weights);
  // Drawn whether it is used or not, so that the plan stays in step when rooms differ.
  const draw = random.next();
  const among = <T>(list: readonly T[]): T | undefined => list[Math.floor(draw * list.length)];
  const posting = { name: 'message.post' as const, args: { text: newText() } };
  if (kind === 'cut' || kind === 'move') return { type: kind };
  const command = isOwner || (kind !== 'rewind' && kind !== 'undo') ? commandOf(kind) : undefined;
  return { type: 'command', command: command ?? posting };

  function commandOf(wanted: Exclude<typeof kind, 'cut' | 'move'>): Command | undefined {
    const { messages, facts, tasks, turns } = state;
    const replies = messages.filter(({ author }) => author.type === 'bot');
    const mine = messages.filter(({ author }) => author.id === userId);
    const about = (name: RoomCommandName, message: TimelineMessage | undefined, more = {}) =>
      message && { name, args: { messageId: message.messageId, ...more } };
    switch (wanted) {
      case 'post':
        return undefined;
      case 'reply': {
        const message = among(messages);
        return message && { name: 'message.post', args: { text: newText(), replyTo: message.messageId } };
      }
      case 'regenerateLatest':
        return about('reply.regenerate', replies.at(-1));
      case 'regenerateOlder':
        return about('reply.regenerate', among(replies.slice(0, -1)));
      case 'regenerateWithText':
        return about('reply.regenerate', mine.at(-1), { text: newText() });
      case 'select': {
        const message = among(replies.filter(({ versions }) => versions.length > 0));
        const version = message && among(message.versions);
        return version && { name: 'reply.select', args: { messageId: version.messageId } };
      }
      case 'edit':
        return about('message.edit', among(mine), { text: newText() });
      case 'remove':
        return about('message.remove', among(mine));
      case 'rewind':
        return about('history.rewind', among(messages.slice(-6)));
      case 'undo':
        return state.rewound === null ? undefined : { name: 'history.undo', args: {} };
      case 'stop': {
        const turn = among(turns);
        return turn && { name: 'turn.stop', args: { turnId: turn.turnId } };
      }
      case 'factAdd':
        return { name: 'fact.add', args: { text: newText() } };
      case 'factEdit': {
        const fact = among(facts);
        // Every other time only if nobody has changed it since.
        const guard = draw < 0.5 ? { ifVersion: state.stateVersion } : {};
        return fact && { name: 'fact.edit', args: { factId: fact.factId, text: newText(), ...guard } };
      }
      case 'factRemove': {
        const fact = among(facts);
        return fact && { name: 'fact.remove', args: { factId: fact.factId } };
      }
      case 'taskAdd':
        return { name: 'task.add', args: { kind: draw < 0.5 ? 'question' : 'check', text: newText() } };
      case 'taskAnswer': {
        const task = among(tasks.filter(({ status }) => status === 'open'));
        return task && { name: 'task.answer', args: { taskId: task.taskId, answer: newText() } };
      }
      case 'taskDismiss': {
        const task = among(tasks.filter(({ status }) => status === 'open'));
        return task && { name: 'task.dismiss', args: { taskId: task.taskId } };
      }
    }
  }
}
