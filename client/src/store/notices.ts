import type { EventOf, LoggedEvent } from '../../../src/domain/event.ts';
import { isKnown } from '../../../src/domain/event.ts';
import type { TimelineMessage, Turn } from '../../../src/domain/room-state.ts';
import type { Notice } from './room-view.ts';

type Notices = ReadonlyMap<string, Notice>;

/**
 * Notices by the message they stand at: the partial reply of the turn if it was kept, else what the turn was about.
 * `turns` are those open before the event, `timeline` is how it looks after it.
 */
export function noticesAfter(
  notices: Notices,
  event: LoggedEvent,
  turns: readonly Turn[],
  timeline: readonly TimelineMessage[],
): Notices {
  if (!isKnown(event)) return notices;
  switch (event.kind) {
    case 'turn.queued': {
      const { trigger } = event.data;
      return without(notices, 'regenerate' in trigger ? trigger.regenerate : trigger.messageId);
    }
    case 'message.replaced':
      return without(notices, event.data.supersedes);
    case 'message.removed':
      return without(notices, event.data.supersedes);
    case 'turn.ended':
      return ended(notices, event, turns, timeline);
    default:
      return notices;
  }
}

function ended(
  notices: Notices,
  event: EventOf<'turn.ended'>,
  turns: readonly Turn[],
  timeline: readonly TimelineMessage[],
): Notices {
  const { outcome, error } = event.data;
  const turn = turns.find((candidate) => candidate.turnId === event.turnId);
  if (turn === undefined || outcome === 'completed' || outcome === 'quiet') return notices;
  const partial = timeline.findLast((message) => message.turnId === turn.turnId);
  const regenerating = 'regenerate' in turn.trigger;
  const about = 'regenerate' in turn.trigger ? turn.trigger.regenerate : turn.trigger.messageId;
  const notice: Notice = {
    turnId: turn.turnId,
    outcome,
    regenerating,
    ...(error === undefined ? {} : { error }),
  };
  return new Map(notices).set(partial?.messageId ?? about, notice);
}

function without(notices: Notices, messageId: string): Notices {
  if (!notices.has(messageId)) return notices;
  const left = new Map(notices);
  left.delete(messageId);
  return left;
}
