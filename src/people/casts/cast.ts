import type { BotProfile } from '../../domain/bot.ts';
import type { Scene } from '../../domain/scene.ts';

/** The characters a template brings along, the first of which is the host, and the scene they are met in. */
export type Cast = { characters: readonly BotProfile[]; scene?: Omit<Scene, 'sceneId'> };
