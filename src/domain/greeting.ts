import type { NewId } from '../lib/ids.ts';
import type { NewEvent } from './event.ts';
import { limits } from './limits.ts';
import { withNames } from './macros.ts';
import type { RoomBot, RoomState } from './room-state.ts';
import { currentScene } from './scene-change.ts';
import { cutTo, messageTextSchema } from './text.ts';

/** A bot as it comes into a room; `greeting` is what it says then. */
export type Newcomer = Pick<RoomBot, 'botId' | 'name'> & { greeting?: string | undefined };

/** A message that follows from nothing: what a bot says as it comes in, to `user`, who brought it. None where there is nothing to show. */
export function greetingOf(
  { botId, name, greeting = '' }: Newcomer,
  user: string,
  state: Pick<RoomState, 'scene'>,
  newId: NewId,
): NewEvent[] {
  const filled = cutTo(limits.messageText, withNames(greeting, { char: name, user }).trim());
  const text = messageTextSchema.safeParse(filled).data;
  if (text === undefined) return [];
  const author = { type: 'bot' as const, id: botId, name };
  const data = { messageId: newId(), author, text, version: 1, ...currentScene(state) };
  return [{ kind: 'message.posted', actor: { type: 'bot', id: botId }, data }];
}
