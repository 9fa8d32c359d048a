import { expect, test } from 'vitest';
import { createPresence, presenceOf } from '../../src/gateway/presence.ts';
import { createTabs } from '../../src/gateway/tabs.ts';
import { createFakeIo, fakeViewer } from '../support/fake-io.ts';
import { createManualClock } from '../support/manual-clock.ts';

test('[GW4] people are named once with their tabs, spectators are a number of people without names', () => {
  const viewers = [
    fakeViewer('1', 'ann', 'owner'),
    fakeViewer('2', 'sam', 'spectator'),
    fakeViewer('3', 'ann', 'owner'),
    fakeViewer('4', 'sam', 'spectator'),
    fakeViewer('5', 'sue', 'spectator'),
  ];
  const presence = presenceOf('room', viewers);
  expect(presence).toEqual({
    roomId: 'room',
    people: [{ userId: 'ann', name: 'ann', role: 'owner', tabs: 2 }],
    spectators: 2,
  });
  expect(JSON.stringify(presence)).not.toContain('sam');
});

test('[GW4] a thousand tabs that come at once are told in one message', () => {
  const { io, sent } = createFakeIo();
  const [clock, tabs] = [createManualClock(), createTabs()];
  const presence = createPresence(io, tabs, clock);
  for (let n = 0; n < 1_000; n += 1) {
    tabs.show('room', fakeViewer(`tab${n}`, 'ann', 'owner'));
    presence.changed('room');
  }
  presence.changed('other');
  clock.advance(99);
  expect(sent).toEqual([]);
  clock.advance(1);
  expect(sent.map(({ to }) => to)).toEqual(['events:room', 'events:other']);
  expect(sent[0]).toMatchObject({ name: 'presence', payload: { people: [{ tabs: 1_000 }] } });
  presence.changed('room');
  clock.advance(100);
  expect(sent).toHaveLength(3);
  expect(clock.pending).toBe(0);
});

test('[GW4] a tab that was hidden is counted no more, and an empty room is forgotten', () => {
  const tabs = createTabs();
  const viewer = fakeViewer('1', 'ann', 'owner');
  expect(tabs.show('room', viewer)).toBe(true);
  expect(tabs.show('room', viewer)).toBe(false);
  expect([tabs.countIn('room'), tabs.rooms(), tabs.roomsShownBy(viewer.tab)]).toEqual([
    1,
    ['room'],
    ['room'],
  ]);
  expect(tabs.hide('room', viewer.tab)).toBe(true);
  expect(tabs.hide('room', viewer.tab)).toBe(false);
  expect([tabs.countIn('room'), tabs.rooms(), tabs.roomsShownBy(viewer.tab)]).toEqual([0, [], []]);
});
