import { z } from 'zod';

/** Where and when a story is: what a title, a place and the story's own clock say, in words; the last two may be empty. */
export const sceneSchema = z.object({
  sceneId: z.string(),
  title: z.string(),
  place: z.string(),
  clock: z.string(),
});
export type Scene = z.infer<typeof sceneSchema>;

export function isSameScene(one: Omit<Scene, 'sceneId'>, other: Omit<Scene, 'sceneId'>): boolean {
  return one.title === other.title && one.place === other.place && one.clock === other.clock;
}
