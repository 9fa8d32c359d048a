import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand, type LeftMessage } from '../command.ts';
import type { Actor, NewEvent } from '../event.ts';
import { requireRole } from '../permissions.ts';
import { findScene, sceneChange } from '../scene-change.ts';

/** Brings back what the last rewind took, where it stood, and the scene, as long as nothing else has changed there since. */
export const historyUndo = defineCommand({
  args: z.object({}),
  reach: (_, { rewound }) => (rewound === null ? undefined : { leftBy: rewound }),
  decide(_, state, { actor, left }) {
    requireRole(state, actor, 'moderator');
    const back = left.toSorted((a, b) => a.seq - b.seq || a.leftBy - b.leftBy);
    const events = [
      ...back.map((message) => returned(actor, message)),
      ...(state.rewound === null ? [] : sceneChange(state, findScene(state, state.rewound.scene), actor)),
    ];
    if (events.length === 0) {
      throw new KibitzError(
        'conflict',
        'There is no rewind that could be undone: the conversation has gone on since.',
      );
    }
    return { events, result: { restored: back.length } };
  },
});

/** A message that left the timeline, back in its place as it last stood there. */
export function returned(actor: Actor, message: LeftMessage): NewEvent {
  const { seq, at, edited, versions, turnId, cause, leftBy: _, slot: __, ...data } = message;
  const place = { seq, at, edited, versions, ...(turnId === undefined ? {} : { turnId }) };
  return {
    kind: 'message.posted',
    actor,
    ...(cause === undefined ? {} : { cause }),
    data: { ...data, place },
  };
}
