import { expect, test } from 'vitest';
import { scripted, turnRoom } from '../support/turn-room.ts';

const wants = (botId: string) => ({ botId, eagerness: 1, reason: 'a test says so' });

test('[GR3] a greeting is written anew as the first message there is, and nobody puts in a word on it', async () => {
  const { model, spoken } = scripted(() => [wants('bob')]);
  const room = await turnRoom(model, ['Bob']);
  await room.act({ name: 'bot.add', args: { botId: 'ada', name: 'Ada', greeting: 'Come in.' } });
  await room.say('@Ada hello');
  expect(await room.texts()).toEqual(['Come in.', '@Ada hello', 'Ada 1', 'Bob 2']);
  await room.regenerate('Come in.');
  expect(await room.texts()).toEqual(['Ada 3', '@Ada hello', 'Ada 1', 'Bob 2']);
  expect(
    spoken
      .at(-1)
      ?.messages.map(({ role, content }) => [role, content])
      .slice(1),
  ).toEqual([['user', expect.stringContaining('Nobody has spoken yet')]]);
  const [greeting] = (await room.log.stateOf(room.roomId)).messages;
  expect(greeting).toMatchObject({ version: 2, versions: [{ text: 'Come in.' }] });
});
