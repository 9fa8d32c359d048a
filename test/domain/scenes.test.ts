import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits } from '../../src/domain/limits.ts';
import type { RoomState } from '../../src/domain/room-state.ts';
import { type Intent, intents, play } from '../support/room-commands.ts';
import { ada, bob, refusalOf, type TestRoom, testRoom } from '../support/test-room.ts';

const open = (room: TestRoom, words: object) => room.act('pat', 'scene.open', words);
const lastScene = (room: TestRoom) => room.state.messages.at(-1)?.scene;

test('[SC1] what an opening does not name is as in the open scene; the first falls back to place and room', () => {
  const room = testRoom();
  open(room, { clock: ' dusk\n' });
  expect(room.state.scene).toMatchObject({ title: 'A room', place: '', clock: 'dusk' });
  room.act('pat', 'scene.close', {});
  open(room, { place: 'The harbour' });
  expect(room.state.scene).toMatchObject({ title: 'The harbour', place: 'The harbour', clock: '' });
  open(room, { title: 'Landing', clock: 'noon' });
  open(room, { clock: 'one o’clock' });
  expect(room.state.scene).toMatchObject({ title: 'Landing', place: 'The harbour', clock: 'one o’clock' });
  open(room, { place: ' ' });
  expect(room.state.scene).toMatchObject({ title: 'Landing', place: '' });
});

test.each([{}, { title: ' ' }, { title: 'x'.repeat(limits.sceneText + 1) }])(
  '[SC1] %j is refused, by the title',
  (words) => {
    expect(() => open(testRoom(), words)).toThrow(/title/);
  },
);

test('[SC2] an opening ends the scene before it, and the same words write nothing', () => {
  const room = testRoom();
  const first = open(room, { title: 'One', place: 'Here' });
  expect(first.events.map(({ kind }) => kind)).toEqual(['scene.opened']);
  const again = open(room, { title: 'One' });
  expect(again).toEqual({ events: [], result: first.result });
  const second = open(room, { title: 'Two' });
  expect(second.events).toMatchObject([
    { kind: 'scene.closed', data: { sceneId: first.result.sceneId } },
    { kind: 'scene.opened', data: { sceneId: second.result.sceneId, title: 'Two', place: 'Here' } },
  ]);
  expect(room.act('pat', 'scene.close', {}).result).toEqual(second.result);
  expect(room.state.scene).toBeNull();
  expect(refusalOf(() => room.act('pat', 'scene.close', {}))).toBe('conflict');
});

test('[PM2] spectators open and close nothing', () => {
  const room = testRoom();
  expect(refusalOf(() => room.act('sam', 'scene.open', { title: 'Mine' }))).toBe('forbidden');
  expect(refusalOf(() => room.act('sam', 'scene.close', {}))).toBe('forbidden');
});

test('[SC3] what people and bots write carries the scene; a version that of its place', () => {
  const room = testRoom({ bots: [ada, bob] });
  const sceneId = open(room, { title: 'One' }).result.sceneId;
  const { turnId } = room.post('pat', '@Ada and?');
  expect(lastScene(room)).toBe(sceneId);
  const reply = room.answer(turnId ?? '', 'So.');
  expect(lastScene(room)).toBe(sceneId);
  const later = open(room, { title: 'Two' }).result.sceneId;
  room.answer(room.act('pat', 'reply.regenerate', { messageId: reply }).result.turnId, 'Or so.');
  expect(lastScene(room)).toBe(sceneId);
  const next = room.post('pat', '@Ada and now?');
  room.start(next.turnId ?? '');
  const author = (id: string) => ({ type: 'bot' as const, id, name: id });
  const say = (said: object) => room.act('kibitz', 'turn.say', { turnId: next.turnId, reply: said });
  say({ messageId: 'r', author: author('ada'), text: 'Now this.' });
  room.act('pat', 'scene.close', {});
  room.post('pia', 'meanwhile');
  say({ messageId: 'w', author: author('bob'), text: 'And that.', interjectionOf: 'r' });
  expect(room.state.messages.slice(2).map(({ scene }) => scene)).toEqual([later, later, later, undefined]);
});

test('[SC4] a rewind goes back to the scene of what it keeps, and its undoing to the one there was', () => {
  const room = testRoom({ bots: [] });
  const before = room.post('pat', 'before').messageId;
  const one = open(room, { title: 'One', clock: 'noon' }).result.sceneId;
  const inOne = room.post('pat', 'in one').messageId;
  const two = open(room, { title: 'Two' }).result.sceneId;
  room.post('pat', 'in two');
  const whole = room.state;
  const stands = ({ messages, scene, scenes }: RoomState) => ({ messages, scene, scenes });
  const rewind = (messageId: string) => room.act('mod', 'history.rewind', { messageId });

  rewind(inOne);
  expect(room.state.scene).toEqual({ sceneId: one, title: 'One', place: '', clock: 'noon' });
  expect(room.state.rewound).toMatchObject({ messages: 1, scene: two });
  rewind(before);
  expect(room.state.scene).toBeNull();
  expect(room.state.rewound).toMatchObject({ messages: 2, scene: two });
  room.act('mod', 'history.undo', {});
  expect(stands(room.state)).toEqual(stands(whole));

  rewind(inOne);
  open(room, { title: 'Another way' });
  expect(refusalOf(() => room.act('mod', 'history.undo', {}))).toBe('conflict');
});

test('[SC4] a scene that was opened after the latest message goes with a rewind to it, and comes back', () => {
  const room = testRoom({ bots: [] });
  const { messageId } = room.post('pat', 'the latest');
  open(room, { title: 'Too soon' });
  const { scene } = room.state;
  room.act('mod', 'history.rewind', { messageId });
  expect(room.state).toMatchObject({ scene: null, rewound: { messages: 0 } });
  room.act('mod', 'history.undo', {});
  expect(room.state).toMatchObject({ scene, rewound: null });
  expect(refusalOf(() => room.act('mod', 'history.undo', {}))).toBe('conflict');
});

test('[SC4] a room remembers its latest scenes; past them a rewind comes to none', () => {
  const room = testRoom({ bots: [] });
  open(room, { title: 'The first' });
  const { messageId } = room.post('pat', 'in the first');
  for (let index = 1; index <= limits.scenes; index += 1) open(room, { title: `Number ${index}` });
  expect(room.state.scenes).toHaveLength(limits.scenes);
  expect(room.state.scenes[0]?.title).toBe('Number 1');
  const whole = room.state;
  room.act('mod', 'history.rewind', { messageId });
  expect(room.state.scene).toBeNull();
  room.act('mod', 'history.undo', {});
  expect(room.state).toMatchObject({ scene: whole.scene, scenes: whole.scenes });
});

test('[SC4] [ST6] whatever happened, a rewind that is undone leaves messages and scene as they were', () => {
  const as = (what: Intent['what'], pick: number): Intent => ({
    who: 'own',
    what,
    pick,
    text: 'x',
    flag: true,
  });
  let undone = 0;
  fc.assert(
    fc.property(intents(20), fc.nat(5), (plan, pick) => {
      const { state, steps } = play([...plan, as('history.rewind', pick), as('history.undo', 0)]);
      const [rewind, undo] = steps.slice(-2);
      if (rewind === undefined || undo === undefined || rewind.decided.length === 0) return;
      const { before, decided } = rewind;
      // One that follows another is undone with it; one that only ended waiting turns cannot be.
      if (before.rewound !== null || decided.every(({ kind }) => kind === 'turn.ended')) return;
      expect(undo.refused).toBeUndefined();
      undone += 1;
      expect(state.messages).toEqual(before.messages);
      expect([state.scene, state.scenes]).toEqual([before.scene, before.scenes]);
    }),
    { numRuns: 300 },
  );
  expect(undone).toBeGreaterThan(50);
});
