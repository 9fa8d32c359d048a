import { expect, test } from 'vitest';
import { createModel } from '../../src/llm/create-model.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { fails, says, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { ask, drain, endOf, never, shown } from './fakes.ts';

const log = { warn: () => {} };

test('without an endpoint it is the demo model', () => {
  const model = createModel({ demoTokensPerSecond: 0 }, { clock: createManualClock(), log });
  expect(model.name).toBe('demo');
});

test('an endpoint that stalls is given up at the limits, and the second one answers', async () => {
  await using one = await startScriptedEndpoint();
  await using two = await startScriptedEndpoint();
  one.next({ steps: [{ text: 'Hel' }, { stall: true }] });
  two.next(says('Good day'));
  const clock = createManualClock();
  const model = createModel(
    {
      endpoint: { baseUrl: one.baseURL, model: 'm1' },
      fallback: { baseUrl: two.baseURL, apiKey: 'k2', model: 'm2' },
      demoTokensPerSecond: 0,
    },
    { clock, log },
  );
  const iterator = model.stream(ask('hi'), never())[Symbol.asyncIterator]();
  const first = await iterator.next();
  const next = iterator.next();
  clock.advance(30_000);
  const rest = await drain({ [Symbol.asyncIterator]: () => iterator });
  const parts = [first, await next]
    .flatMap((result) => (result.done ? [] : [result.value]))
    .concat(rest.parts);
  expect(parts.map((part) => part.type)).toEqual(['text', 'restart', 'text', 'end']);
  expect(shown(parts)).toBe('Good day');
  expect(endOf(parts)).toMatchObject({ fallback: true, model: 'm2' });
  expect((await one.request(0)).headers.authorization).toBeUndefined();
  expect((await two.request(0)).headers.authorization).toBe('Bearer k2');
});

test('[MD1] an endless reply ends at the size limit and hangs up', async () => {
  await using endpoint = await startScriptedEndpoint();
  endpoint.next({ steps: [{ endless: 'more and '.repeat(100) }] });
  const settings = { endpoint: { baseUrl: endpoint.baseURL, model: 'm' }, demoTokensPerSecond: 0 };
  const model = createModel(settings, { clock: createManualClock(), log });
  const { parts } = await drain(model.stream(ask('hi'), never()));
  expect(shown(parts)).toHaveLength(64_000);
  expect(endOf(parts)?.finish).toBe('length');
  expect(await endpoint.requests[0]?.ended).toBe('aborted');
});

test('one endpoint alone reports its failure', async () => {
  await using endpoint = await startScriptedEndpoint();
  endpoint.next(fails(500));
  const settings = { endpoint: { baseUrl: endpoint.baseURL, model: 'm' }, demoTokensPerSecond: 0 };
  const model = createModel(settings, { clock: createManualClock(), log });
  expect((await drain(model.stream(ask('hi'), never()))).error).toMatchObject({
    details: { kind: 'server' },
  });
});
