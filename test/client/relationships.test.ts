import { describe, expect, it } from 'vitest';
import { layOut, slice, width } from '../../client/src/relationships/layout.ts';
import { castOf, edgesInOrder } from '../../client/src/store/cast.ts';
import {
  affinityWord,
  feelingWords,
  stepWords,
  strengthOf,
  toneOf,
  trustWord,
} from '../../client/src/store/edge-words.ts';
import { forgettingWords } from '../../client/src/store/forgetting.ts';
import { showsRelationships } from '../../client/src/store/room-view.ts';
import type { NewEvent } from '../../src/domain/event.ts';
import type { Edge } from '../../src/domain/relationships.ts';
import type { Role } from '../../src/domain/roles.ts';
import { liveAt, logOf, opening, roleChanged, settingsChanged } from './room-log.ts';

const edge = (from: string, to: string): Edge => ({
  from,
  to,
  affinity: 50,
  trust: 50,
  knowledge: [],
  summary: '',
  sum: { affinity: 0, trust: 0 },
  changes: 1,
});
const bot = (botId: string, role: 'host' | 'guest') => ({ botId, name: botId, role, since: 1 });
const member = (userId: string, role: Role) => ({ userId, name: userId, role, since: 1 });

describe('who is in the picture', () => {
  const bots = [bot('bea', 'guest'), bot('kib', 'host'), bot('cleo', 'guest')];
  const members = [member('ann', 'owner'), member('eve', 'spectator'), member('ben', 'participant')];
  const ids = (edges: Edge[]) => castOf(bots, members, edges, []).map(({ id }) => id);

  it('are the host, the other bots and the people as they came, and no spectators', () => {
    expect(ids([])).toEqual(['kib', 'bea', 'cleo', 'ann', 'ben']);
  });

  it('stay in their places when a relationship is added', () => {
    expect(ids([edge('ben', 'kib')])).toEqual(ids([]));
  });

  it('are also those about whom something is felt, who have left or only watch now', () => {
    const cast = castOf(bots, members, [edge('kib', 'gone'), edge('kib', 'eve')], []);
    expect(cast.map(({ id }) => id)).toEqual(['kib', 'bea', 'cleo', 'ann', 'eve', 'ben', 'gone']);
    expect(cast.at(-1)).toEqual({ id: 'gone', name: 'Somebody who left', isBot: false });
  });

  it('are in a crowd only those with relationships', () => {
    const crowd = Array.from({ length: 30 }, (_, index) => member(`u${index}`, 'participant'));
    const cast = castOf(bots, crowd, [edge('kib', 'u7'), edge('u3', 'bea')], []);
    expect(cast.map(({ id }) => id)).toEqual(['kib', 'bea', 'u3', 'u7']);
  });

  it('give relationships their order', () => {
    const cast = castOf(bots, members, [], []);
    const edges = [edge('ann', 'kib'), edge('bea', 'ann'), edge('kib', 'ben'), edge('kib', 'bea')];
    expect(edgesInOrder(cast, edges).map(({ from, to }) => `${from}-${to}`)).toEqual([
      'kib-bea',
      'kib-ben',
      'bea-ann',
      'ann-kib',
    ]);
  });
});

describe('the picture', () => {
  const ids = ['kib', 'bea', 'ann', 'ben'];
  const pairs = ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => ({ from, to })));

  it('puts everybody at equal distances on a circle, the first at the top, inside the box', () => {
    const { nodes, radius, height } = layOut(ids, []);
    expect(nodes.map(({ id }) => id)).toEqual(ids);
    expect(nodes[0]).toMatchObject({ x: width / 2, label: 'above' });
    expect(Math.min(...nodes.map(({ y }) => y))).toBe(nodes[0]?.y);
    const steps = nodes.map((node, index) => {
      const next = nodes[(index + 1) % nodes.length] ?? node;
      return Math.round(Math.hypot(next.x - node.x, next.y - node.y));
    });
    expect(new Set(steps).size).toBe(1);
    for (const { x, y } of nodes) {
      expect(x - radius).toBeGreaterThan(0);
      expect(x + radius).toBeLessThan(width);
      expect(y - radius).toBeGreaterThan(0);
      expect(y + radius).toBeLessThan(height);
    }
  });

  it('is the same for the same people, whatever they feel', () => {
    expect(layOut(ids, pairs).nodes).toEqual(layOut(ids, []).nodes);
    expect(layOut(ids, pairs)).toEqual(layOut(ids, pairs));
  });

  it('puts one in the middle and two side by side', () => {
    const alone = layOut(['kib'], []);
    expect(alone.nodes[0]).toMatchObject({ x: width / 2, y: alone.height / 2 });
    const [left, right] = layOut(['kib', 'ann'], []).nodes;
    expect(left?.y).toBeCloseTo(right?.y ?? 0);
    expect(left?.x).toBeLessThan(right?.x ?? 0);
  });

  it('keeps all marks apart, those of to and fro and those of crossing lines too', () => {
    for (const count of [2, 3, 4, 5, 6, 7]) {
      const some = Array.from({ length: count }, (_, index) => `n${index}`);
      const all = some.flatMap((from) => some.filter((to) => to !== from).map((to) => ({ from, to })));
      const marks = layOut(some, all).edges.map(({ mark }) => mark);
      const gaps = marks.flatMap((a, index) =>
        marks.slice(index + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y)),
      );
      expect(Math.min(...gaps), `${count} people`).toBeGreaterThan(14);
    }
  });

  it('points an arrow at whom it is about, outside their face', () => {
    const { edges, nodes, radius } = layOut(ids, [{ from: 'kib', to: 'ann' }]);
    const ann = nodes.find(({ id }) => id === 'ann');
    const [tip] = (edges[0]?.head ?? '').split(' ').map((point) => point.split(',').map(Number));
    const gap = Math.hypot((tip?.[0] ?? 0) - (ann?.x ?? 0), (tip?.[1] ?? 0) - (ann?.y ?? 0)) - radius;
    expect(gap).toBeGreaterThan(0);
    expect(gap).toBeLessThan(6);
  });

  it('leaves out what it has no place for', () => {
    expect(layOut(ids, [edge('kib', 'kib'), edge('kib', 'nobody')]).edges).toEqual([]);
    expect(layOut([], [])).toMatchObject({ nodes: [], height: 0 });
  });

  it('fills a disc by trust', () => {
    const disc = { x: 0, y: 0 };
    expect(slice(disc, 5, 0)).toBe('');
    expect(slice(disc, 5, 0.25)).toBe('M0,0 L0,-5 A5,5 0 0 1 5,0 Z');
    expect(slice(disc, 5, 0.75)).toBe('M0,0 L0,-5 A5,5 0 1 1 -5,0 Z');
    expect(slice(disc, 5, 1)).not.toContain('L');
  });
});

describe('what is felt, in words', () => {
  it('has one for every value', () => {
    const values = Array.from({ length: 101 }, (_, value) => value);
    for (const value of values) {
      expect(affinityWord(value)).not.toBe('');
      expect(trustWord(value)).not.toBe('');
    }
    expect([0, 50, 100].map(affinityWord)).toEqual(['hostile', 'neutral', 'devoted']);
    expect([0, 50, 100].map(trustWord)).toEqual(['none', 'unsure', 'fully']);
    expect(feelingWords({ affinity: 72, trust: 40 })).toBe('affinity 72, fond; trust 40, wary');
    expect([44, 45, 55, 56].map(toneOf)).toEqual(['dislike', 'neutral', 'neutral', 'like']);
    expect([0, 50, 75].map(strengthOf)).toEqual([1, 0, 0.5]);
  });

  it('says what a message changed', () => {
    expect(stepWords({ affinity: 6, trust: -2 })).toBe('affinity +6, trust −2');
    expect(stepWords({ affinity: 0, trust: 3 })).toBe('trust +3');
    expect(stepWords({ affinity: 0, trust: 0 })).toBe('neither more nor less');
  });
});

describe('memories and relationships', () => {
  const on = settingsChanged({ relationships: true });
  const shown = (...events: NewEvent[]) => {
    const log = logOf([...opening, ...events]);
    return showsRelationships(liveAt(log, log.length));
  };

  it('are shown where the room has them, to spectators only where they may see', () => {
    expect(shown()).toBe(false);
    expect(shown(on)).toBe(true);
    expect(shown(on, roleChanged('spectator'))).toBe(false);
    const open = settingsChanged({ relationships: true, spectatorsSeeState: true });
    expect(shown(open, roleChanged('spectator'))).toBe(true);
    expect(shown(settingsChanged({ spectatorsSeeState: true }), roleChanged('spectator'))).toBe(false);
  });

  it('are told before they are forgotten', () => {
    const { state } = liveAt(logOf(opening), opening.length);
    expect(forgettingWords(state, 'kib', 'Kib')).toMatch(/^There is nothing to forget yet\./);
    const place = { seq: 4, slot: 'a' };
    const memory = {
      memoryId: 'm',
      witnessId: 'kib',
      text: 't',
      significance: 5,
      cause: 'a',
      place,
    };
    const full = { ...state, memories: [memory], edges: [edge('ann', 'kib'), edge('kib', 'ann')] };
    expect(forgettingWords(full, 'kib', 'Kib')).toBe(
      'Gone for good: 1 memory of this room, what Kib feels and knows about others and what others feel and know about Kib. From then on Kib starts afresh. The messages stay.',
    );
  });
});
