import { z } from 'zod';

/** Where and when a story is: what a title, a place and the story's own clock say, in words. */
export const sceneSchema = z.object({
  sceneId: z.string(),
  title: z.string(),
  place: z.string(),
  clock: z.string(),
});
export type Scene = z.infer<typeof sceneSchema>;
