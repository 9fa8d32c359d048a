import { expect, test } from 'vitest';
import { createFactDrafter } from '../../src/turns/draft-fact.ts';
import { scripted, turnRoom } from '../support/turn-room.ts';
import { until } from '../support/until.ts';

test('[US4] every call of a turn says what it is for, whose room it is, and who asked', async () => {
  const { model, spoken, asked } = scripted(() => [{ botId: 'bob', eagerness: 1, reason: 'named' }]);
  const room = await turnRoom(model);
  await room.update({ relationships: true, interjections: 1 });
  await room.say('Well, what do you all think of it?');
  const ofAnn = { roomId: room.roomId, userId: 'ann' };
  expect(spoken.map(({ meter }) => meter)).toEqual([
    { purpose: 'reply', botId: 'ada', ...ofAnn },
    { purpose: 'interjection', botId: 'bob', ...ofAnn },
  ]);
  expect(asked.map(({ meter }) => meter)).toEqual([
    { purpose: 'addressee', ...ofAnn },
    { purpose: 'settle', ...ofAnn },
    { purpose: 'interject-question', ...ofAnn },
    { purpose: 'settle', ...ofAnn },
  ]);
});

test('[US4] a refresh of the brief is put down to who asked for it', async () => {
  const { model, asked } = scripted();
  const room = await turnRoom(model, ['Ada']);
  await room.act({ name: 'fact.add', args: { text: 'The pump runs.' } });
  await room.act({ name: 'brief.refresh', args: {} });
  await room.settled();
  await until('the brief to be asked for', () => asked.length > 0);
  expect(asked[0]?.meter).toEqual({ purpose: 'brief', roomId: room.roomId, userId: 'ann' });
});

test('[US4] a drafted fact is put down to who wants it', async () => {
  const { model, asked } = scripted();
  const draft = createFactDrafter(model, undefined, new AbortController().signal);
  const asker = { roomId: 'room', userId: 'bea' };
  await draft({ kind: 'question', asked: 'Does it run?', answer: 'It ran.' }, asker).catch(() => undefined);
  expect(asked[0]?.meter).toEqual({ purpose: 'fact-draft', ...asker });
});
