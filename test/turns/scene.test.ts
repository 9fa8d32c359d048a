import { expect, test } from 'vitest';
import { initialState } from '../../src/domain/room-state.ts';
import { countTokens } from '../../src/turns/count-tokens.ts';
import { composePrompt } from '../../src/turns/prompt.ts';
import { scripted, turnRoom } from '../support/turn-room.ts';

const bot = { id: 'kib', name: 'Kibitz', persona: '' };
const systemOf = (scene: Parameters<typeof composePrompt>[1]['scene'], soft = 1_000) =>
  composePrompt(bot, { ...initialState('r'), scene }, [], { soft, hard: 2 * soft })[0]?.content ?? '';

test('[SC5] a prompt tells the scene, as far as it is known', () => {
  const scene = { sceneId: 's', title: 'Landing', place: 'the harbour', clock: 'dusk' };
  expect(systemOf(scene)).toContain('The scene now: Landing. Place: the harbour. Time in the story: dusk.');
  expect(systemOf({ ...scene, place: '', clock: '' })).toContain('The scene now: Landing.\n');
  expect(systemOf(null)).not.toContain('scene');
});

test('[SC5] [TN6] a scene of many tokens takes a sixteenth of the budget at most', () => {
  const words = '場面'.repeat(100);
  const added = countTokens(systemOf({ sceneId: 's', title: words, place: words, clock: words }));
  expect(added - countTokens(systemOf(null))).toBeLessThan(1_000 / 16 + 10);
});

test('[SC5] a reply that is written anew is in the scene of its place', async () => {
  const { model, spoken } = scripted();
  const room = await turnRoom(model, ['Ada']);
  await room.act({ name: 'scene.open', args: { title: 'At the gate' } });
  await room.say('hello');
  await room.act({ name: 'scene.open', args: { title: 'In the tower' } });
  await room.regenerate('Ada 1');
  await room.say('and now?');
  const scenes = spoken.map(({ messages }) => /The scene now: (.+)\./.exec(messages[0]?.content ?? '')?.[1]);
  expect(scenes).toEqual(['At the gate', 'At the gate', 'In the tower']);
});
