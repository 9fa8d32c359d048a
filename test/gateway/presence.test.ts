import { expect, test } from 'vitest';
import { noPeers, type PeerMessages, type Peers } from '../../src/gateway/peers.ts';
import { createPresence } from '../../src/gateway/presence.ts';
import { mergedPresence, presenceOf } from '../../src/gateway/presence-of.ts';
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
  const presence = mergedPresence('room', [presenceOf('room', viewers)]);
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
  const presence = createPresence({ io, tabs, clock, peers: noPeers, processId: 'one' });
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
  // Only its word of life is left.
  expect(clock.pending).toBe(1);
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

/** Processes whose clocks go together, and between which every message arrives while nobody cuts them off. */
function connect(count: number) {
  const clock = createManualClock();
  const listeners: Partial<PeerMessages>[] = [];
  const cut = new Set<number>();
  const processes = Array.from({ length: count }, (_, index) => {
    const { io, sent } = createFakeIo();
    const tabs = createTabs();
    const mine: Partial<PeerMessages> = {};
    listeners.push(mine);
    const peers: Peers = {
      tell: (name, ...message) => {
        for (const [other, heard] of listeners.entries()) {
          if (other === index || cut.has(index) || cut.has(other)) continue;
          const listener = heard[name] as ((...words: typeof message) => void) | undefined;
          listener?.(...message);
        }
      },
      on: (name, listener) => {
        mine[name] = listener;
      },
    };
    const presence = createPresence({ io, tabs, clock, peers, processId: `process${index}` });
    const show = (tab: string, user: string, role: 'owner' | 'spectator' = 'owner') => {
      tabs.show('room', fakeViewer(tab, user, role));
      presence.changed('room');
    };
    return { tabs, presence, show, told: () => sent.at(-1)?.payload };
  });
  return { clock, cut, processes };
}

test('[CL3] a room’s presence counts the tabs on all processes, each person and spectator once', () => {
  const { clock, processes } = connect(2);
  const [one, other] = processes;
  one?.show('1', 'ann');
  other?.show('2', 'ann');
  other?.show('3', 'ben');
  one?.show('4', 'sam', 'spectator');
  other?.show('5', 'sam', 'spectator');
  clock.advance(200);
  const people = [
    { userId: 'ann', name: 'ann', role: 'owner', tabs: 2 },
    { userId: 'ben', name: 'ben', role: 'owner', tabs: 1 },
  ];
  expect(one?.told()).toEqual({ roomId: 'room', people, spectators: 1 });
  expect(other?.told()).toEqual(one?.told());
  other?.tabs.hide('room', fakeViewer('2', 'ann', 'owner').tab);
  other?.tabs.hide('room', fakeViewer('3', 'ben', 'owner').tab);
  other?.presence.changed('room');
  clock.advance(200);
  expect(one?.told()).toMatchObject({ people: [{ userId: 'ann', tabs: 1 }] });
});

test('[CL3] a process that is heard of no more takes its tabs along within 13 s, and brings them back', () => {
  const { clock, cut, processes } = connect(3);
  const [one, other, third] = processes;
  one?.show('1', 'ann');
  other?.show('2', 'ben');
  third?.show('3', 'cat');
  clock.advance(200);
  expect(one?.told()).toMatchObject({ people: [{ userId: 'ann' }, { userId: 'ben' }, { userId: 'cat' }] });
  cut.add(1);
  clock.advance(13_200);
  expect(one?.told()).toMatchObject({ people: [{ userId: 'ann' }, { userId: 'cat' }] });
  expect(other?.told()).toMatchObject({ people: [{ userId: 'ben' }] });
  cut.delete(1);
  clock.advance(3_200);
  for (const process of processes) {
    expect((process.told() as { people: unknown[] }).people).toHaveLength(3);
  }
});
