import { describe, expect, it } from 'vitest';
import { changesIn, type EdgeHistory, readHistory } from '../../client/src/store/edge-history.ts';
import type { LoggedEvent, NewEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { initialState } from '../../src/domain/room-state.ts';
import { asked, logOf, opening, roomId } from './room-log.ts';

const system = { type: 'system' as const, id: 'kibitz' };
const pair = { from: 'kib', to: 'ann' };

function felt(cause: string, affinity: number, more: { to?: string; withdrawn?: true } = {}): NewEvent {
  const { to = 'ann', withdrawn } = more;
  const delta = { affinity, trust: 0, knowledge: [] };
  const after = { affinity: 50, trust: 50, knowledge: [], summary: '' };
  const data = { from: 'kib', to, delta, after, ...(withdrawn === undefined ? {} : { withdrawn }) };
  return { kind: 'edge.updated', actor: system, cause, data };
}

const told = (events: readonly LoggedEvent[]) =>
  changesIn(events, pair).map(({ cause, takenBack }) => (takenBack ? `(${cause})` : cause));

describe('the history of a relationship', () => {
  it('is what each message changed, in order, of this pair alone', () => {
    expect(told(logOf([felt('a', 3), felt('b', 1, { to: 'ben' }), felt('c', -2)]))).toEqual(['a', 'c']);
  });

  it('keeps what was taken back, and what came again after that', () => {
    const log = logOf([felt('a', 3), felt('b', 2), felt('a', -3, { withdrawn: true }), felt('a2', 4)]);
    expect(told(log)).toEqual(['(a)', 'b', 'a2']);
    const again = logOf([felt('a', 3), felt('a', -3, { withdrawn: true }), felt('a', 3)]);
    expect(told(again)).toEqual(['(a)', 'a']);
  });

  it('leaves out the taking back of what came before what was read', () => {
    expect(told(logOf([felt('a', -3, { withdrawn: true }), felt('b', 1)]))).toEqual(['b']);
  });
});

describe('reading it from the log', () => {
  const causes = ({ changes }: EdgeHistory) => changes.map(({ cause }) => cause);
  /** A log of 5,000 events with changes early and late, as the page reads it. */
  const noise = Array.from({ length: 2_450 }, (_, index) => asked(`q${index}`, `t${index}`)).flat();
  const log = logOf([...opening, felt('early', 1), ...noise, felt('late', 2), felt('last', 3)]);
  const readFrom = (events: readonly LoggedEvent[]) => {
    const pages: [number, number][] = [];
    const read = async (after: number, limit: number) => {
      pages.push([after, limit]);
      return events.filter(({ seq }) => seq > after).slice(0, limit);
    };
    return { pages, read };
  };

  it('ends as soon as all that stands was found', async () => {
    const { pages, read } = readFrom(log);
    const found = await readHistory(pair, { head: log.length, since: 0, standing: 2 }, read);
    expect(causes(found)).toEqual(['late', 'last']);
    expect(found.isWhole).toBe(true);
    expect(pages).toEqual([[log.length - 1_000, 1_000]]);
  });

  it('goes back to the beginning for the first', async () => {
    const { pages, read } = readFrom(log);
    const found = await readHistory(pair, { head: log.length, since: 0, standing: 3 }, read);
    expect(causes(found)).toEqual(['early', 'late', 'last']);
    expect(pages.at(-1)?.[0]).toBe(0);
    const covered = pages.reduce((sum, [, limit]) => sum + limit, 0);
    expect(covered).toBe(log.length);
  });

  it('never goes back past what was forgotten', async () => {
    const { pages, read } = readFrom(log);
    const since = log.length - 1_500;
    const found = await readHistory(pair, { head: log.length, since, standing: 9 }, read);
    expect(causes(found)).toHaveLength(2);
    expect(found.isWhole).toBe(false);
    expect(pages.map(([after]) => after)).toEqual([log.length - 1_000, since]);
  });

  it('gives up on what is too far back', async () => {
    const { pages, read } = readFrom([]);
    const found = await readHistory(pair, { head: 1_000_000, since: 0, standing: 1 }, read);
    expect(found).toEqual({ changes: [], isWhole: false });
    expect(pages).toHaveLength(20);
  });

  it('finds as many changes that stand as the fold counts', () => {
    const events = [felt('a', 3), felt('b', 2), felt('a', -3, { withdrawn: true }), felt('c', 1)];
    const whole = logOf([...opening, ...events]);
    const state = whole.reduce(evolve, initialState(roomId));
    const standing = changesIn(whole, pair).filter(({ takenBack }) => !takenBack);
    expect(state.edges[0]?.changes).toBe(standing.length);
  });
});
