import type { Steps } from '../db/steps.ts';
import type { Bot, BotProfile } from '../domain/bot.ts';
import type { Bots } from './bots.ts';

/** Bots for a room that is about to be made; those that are new are stored by `insert`, with the room. */
export type Engaged = { bots: Bot[]; insert(): Steps<void> };

/** For each character somebody's own bot of that name, which is as they have it, or else a new one; none of them twice. */
export async function engage(
  bots: Bots,
  ownerId: string,
  characters: readonly BotProfile[],
): Promise<Engaged> {
  const left = await bots.list(ownerId);
  const made: ReturnType<Bots['draft']>[] = [];
  const engaged = characters.map((profile) => {
    const index = left.findIndex(({ name }) => name === profile.name);
    const [namesake] = index < 0 ? [] : left.splice(index, 1);
    if (namesake !== undefined) return namesake;
    const added = bots.draft(ownerId, profile);
    made.push(added);
    return added.bot;
  });
  return {
    bots: engaged,
    *insert() {
      for (const { insert } of made) yield* insert();
    },
  };
}
