import { expect, test } from 'vitest';
import { cast, scripted, turnRoom, type Wishes } from '../support/turn-room.ts';

const wants = (botId: string, eagerness = 1) => ({ botId, eagerness, reason: 'a test says so' });

test('[IN2] one call asks for all silent bots, and the keenest speaks, on the reply', async () => {
  const { model, asked, spoken } = scripted(() => [
    wants('bob', 0.7),
    wants('cleo', 0.9),
    wants('ada'),
    wants('nobody'),
  ]);
  const room = await turnRoom(model);
  await room.say('@Ada what do you think?');
  expect(await room.texts()).toEqual(['@Ada what do you think?', 'Ada 1', 'Cleo 2']);
  const [, reply, word] = (await room.log.stateOf(room.roomId)).messages;
  expect(word).toMatchObject({
    interjectionOf: reply?.messageId,
    cause: reply?.cause,
    author: { name: 'Cleo' },
  });
  const questions = asked.filter(({ task }) => task === 'interjection');
  expect(questions).toHaveLength(1);
  expect(questions[0]?.messages[0]?.content).toMatch(/- bob: Bob[\s\S]*- cleo: Cleo/);
  expect(questions[0]?.messages[0]?.content).not.toContain('- ada');
  expect(JSON.stringify(spoken[1]?.messages)).toContain('Ada: Ada 1');
  const end = (await room.log.eventsAfter(room.roomId, 0, 100)).find(({ kind }) => kind === 'turn.ended');
  expect(end?.data).toMatchObject({ outcome: 'completed', usage: { promptTokens: 20, completionTokens: 4 } });
});

test('[CC6] who is asked about is told with names', async () => {
  const { model, asked } = scripted();
  const profiles = cast.map((bot) => ({ ...bot, persona: '{{char}} is fond of {{user}}.' }));
  const room = await turnRoom(model, ['Ada', 'Bob'], profiles);
  await room.say('well then');
  await room.say('@Ada hello');
  for (const task of ['addressee', 'interjection']) {
    const question = asked.find((request) => request.task === task)?.messages[0]?.content;
    expect(question).toContain('- bob: Bob — Bob is fond of Ann.');
  }
});

test('[IN1] no more than the settings allow, and no more than four bot messages since a person spoke', async () => {
  const { model, asked } = scripted(() => [wants('bob'), wants('cleo'), wants('dan')]);
  const room = await turnRoom(model, ['Ada', 'Bob', 'Cleo', 'Dan']);
  await room.update({ interjections: 2 });
  await room.say('@Ada go');
  expect((await room.texts()).length).toBe(4);
  await room.update({ interjections: 0 });
  await room.say('@Ada again');
  expect((await room.texts()).length).toBe(6);
  expect(asked.filter(({ task }) => task === 'interjection')).toHaveLength(1);
});

test('[IN2] a bot that never speaks unasked stays silent however much it wants to', async () => {
  const { model } = scripted(() => [wants('bob')]);
  const room = await turnRoom(
    model,
    ['Ada', 'Bob'],
    cast.map((bot) => ({ ...bot, talkativeness: 0 })),
  );
  await room.say('@Ada hello');
  expect(await room.texts()).toEqual(['@Ada hello', 'Ada 1']);
});

test('[IN3] [ST2] regenerating decides anew, and nobody reads what gave way', async () => {
  let wishes: Wishes = [wants('bob')];
  const { model, spoken } = scripted(() => wishes);
  const room = await turnRoom(model);
  await room.say('@Ada hello');
  expect(await room.texts()).toEqual(['@Ada hello', 'Ada 1', 'Bob 2']);
  wishes = [wants('cleo')];
  await room.regenerate('Ada 1');
  expect(await room.texts()).toEqual(['@Ada hello', 'Ada 3', 'Cleo 4']);
  wishes = [wants('cleo')];
  await room.regenerate('Ada 3');
  expect(await room.texts()).toEqual(['@Ada hello', 'Ada 5', 'Cleo 6']);
  for (const request of spoken.slice(2)) {
    const prompt = JSON.stringify(request.messages);
    for (const gone of ['Ada 1', 'Bob 2']) expect(prompt).not.toContain(gone);
  }
  expect(JSON.stringify(spoken.at(-1)?.messages)).not.toContain('Cleo 4');
  wishes = [];
  await room.say('@Bob and you?');
  expect(JSON.stringify(spoken.at(-1)?.messages)).not.toMatch(/Ada [13]|Bob 2|Cleo 4/);
});

test('[IN4] an interjection that fails is left out, and the turn completes', async () => {
  const { model } = scripted(
    () => [wants('bob')],
    (name) => name === 'Bob',
  );
  const room = await turnRoom(model);
  await room.say('@Ada hello');
  expect(await room.texts()).toEqual(['@Ada hello', 'Ada 1']);
  const end = (await room.log.eventsAfter(room.roomId, 0, 100)).find(({ kind }) => kind === 'turn.ended');
  expect(end?.data).toMatchObject({ outcome: 'completed' });
});
