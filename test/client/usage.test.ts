import { describe, expect, it } from 'vitest';
import { usageAddress } from '../../client/src/app/period.ts';
import { routeOf } from '../../client/src/app/route.ts';
import { budgetChange, budgetIn, fieldsOf, tokensIn } from '../../client/src/room/budget.ts';
import { filledDays, noCalls, scaleEnd } from '../../client/src/usage/days.ts';
import { duration, fullDay, median, percent, shortDay } from '../../client/src/usage/figures.ts';
import { askerWords, errorWords, purposeWords, searchWords } from '../../client/src/usage/words.ts';

describe('the usage page', () => {
  it('has an address of its own, with the period where it is not the usual one', () => {
    const page = { page: 'usage', roomId: 'r_1' };
    expect(routeOf('/rooms/r_1/usage', '')).toEqual({ ...page, days: 30 });
    for (const days of [7, 30, 90] as const) {
      const { pathname, search } = new URL(usageAddress('r_1', days), 'http://kibitz');
      expect(routeOf(pathname, '', search)).toEqual({ ...page, days });
    }
    for (const odd of ['?days=8', '?days=', '?days=7&days=8x', '?day=7'])
      expect(routeOf('/rooms/r_1/usage/', '', odd)).toMatchObject({
        days: odd.startsWith('?days=7') ? 7 : 30,
      });
    expect(routeOf('/rooms/r_1/usages', '')).toEqual({ page: 'unknown' });
  });

  it('[US14] shows days without calls as zeros, over months and leap days', () => {
    const sum = { calls: 1, failed: 0, estimated: 1, promptTokens: 20, completionTokens: 3 };
    const days = filledDays([{ day: '2028-02-29', ...sum }], '2028-03-01', 4);
    expect(days).toEqual([
      { day: '2028-02-27', ...noCalls },
      { day: '2028-02-28', ...noCalls },
      { day: '2028-02-29', ...sum },
      { day: '2028-03-01', ...noCalls },
    ]);
    expect(filledDays([], '2026-11-21', 90)).toHaveLength(90);
  });

  it('draws on a scale that ends in a round figure with room for the most', () => {
    expect([0, 3, 10, 11, 101, 201, 430, 999, 1_000, 5_001].map(scaleEnd)).toEqual([
      10, 10, 10, 20, 200, 400, 500, 1_000, 1_000, 10_000,
    ]);
  });

  it('writes figures as people read them', () => {
    expect([0, 340, 2_140, 59_940, 59_960, 185_000].map(duration)).toEqual([
      '0 ms',
      '340 ms',
      '2.1 s',
      '59.9 s',
      '1 min',
      '3 min 5 s',
    ]);
    expect(percent(1, 1_000)).toBe('under 1%');
    expect([percent(0, 10), percent(999, 1_000), percent(10, 10), percent(3, 0)]).toEqual([
      '0%',
      '99%',
      '100%',
      '0%',
    ]);
    expect([median([]), median([30]), median([9, 100, 10]), median([1, 2, 10, 4])]).toEqual([
      undefined,
      30,
      10,
      3,
    ]);
    expect([shortDay('2026-01-31'), fullDay('2026-01-31')]).toEqual(['Jan 31', 'Sat, Jan 31']);
  });

  it('says in words what is known, and by its name what a later server calls', () => {
    expect([purposeWords('reply'), purposeWords('dreaming')]).toEqual(['Replies', 'dreaming']);
    expect([errorWords('auth'), errorWords('moon')]).toEqual(['the model’s key was refused', 'moon']);
    expect([searchWords('fuzzy'), searchWords('deep')]).toEqual(['found by similar words', 'deep']);
    expect(askerWords(null, undefined)).toBe('Nobody asked: the server by itself');
    expect(askerWords('u', 'Ann')).toBe('Ann');
  });
});

describe('the budgets of a room’s settings', () => {
  it('[US15] are whole numbers, however their thousands are set apart, or nothing', () => {
    for (const text of ['50000', '50,000', ' 50 000 ', '50’000'])
      expect(tokensIn(text)).toEqual({ tokens: 50_000 });
    expect(tokensIn('  ')).toEqual({ tokens: undefined });
    for (const text of ['0', '-5', '1.5', '5e3', '1,5', 'many', '1000000001'])
      expect(tokensIn(text)).toEqual({ error: expect.stringMatching(/\.$/) });
    expect(budgetIn({ room: '', person: '' })).toEqual({});
    expect(budgetIn({ room: '5', person: 'x' })).toBeUndefined();
  });

  it('are sent only where they were changed', () => {
    const before = fieldsOf({ room: 50_000 });
    expect(before).toEqual({ room: '50,000', person: '' });
    expect(budgetChange(before, before)).toEqual({});
    expect(budgetChange({ room: '', person: '' }, before)).toEqual({ budget: {} });
    expect(budgetChange({ ...before, person: '9' }, before)).toEqual({ budget: { room: 50_000, person: 9 } });
  });
});
