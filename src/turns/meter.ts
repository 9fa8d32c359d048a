import { system } from '../domain/command.ts';
import type { Meter } from '../llm/language-model.ts';
import type { TurnContext } from './turn-context.ts';

/** What the calls of a turn are for. */
export type Purpose =
  | 'reply'
  | 'interjection'
  | 'addressee'
  | 'interject-question'
  | 'settle'
  | 'brief'
  | 'library-query';

/**
 * Whom a call of a turn is put down to: the room, and who asked for the turn, if it was not the server itself.
 * `searchTier` is how the library was searched for what it is offered.
 */
export function meterOf(
  { roomId, turn }: Pick<TurnContext, 'roomId' | 'turn'>,
  purpose: Purpose,
  botId?: string,
  searchTier?: string,
): Meter {
  return {
    purpose,
    roomId,
    ...(turn.by === system.id ? {} : { userId: turn.by }),
    ...(botId === undefined ? {} : { botId }),
    ...(searchTier === undefined ? {} : { searchTier }),
  };
}
