import type { LoggedEvent } from '../../../src/domain/event.ts';
import { isKnown } from '../../../src/domain/event.ts';
import type { Scene } from '../../../src/domain/scene.ts';

/** How far before its first message a scene is looked for: it is opened when it is played. */
const eventsBefore = 500;

type ReadEvents = (after: number, limit: number) => Promise<readonly LoggedEvent[]>;

/** What a scene is called whose first message is event `before`; undefined where it was opened long before that. */
export async function findScene(
  sceneId: string,
  before: number,
  read: ReadEvents,
): Promise<Scene | undefined> {
  const after = Math.max(0, before - 1 - eventsBefore);
  if (before - 1 <= after) return undefined;
  const events = await read(after, before - 1 - after);
  for (const event of events.toReversed()) {
    if (isKnown(event) && event.kind === 'scene.opened' && event.data.sceneId === sceneId) return event.data;
  }
  return undefined;
}
