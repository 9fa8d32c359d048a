import { expect, test } from 'vitest';
import type { LanguageModel, Meter, StreamPart } from '../../src/llm/language-model.ts';
import type { Passage } from '../../src/turns/find-passages.ts';
import { cast, turnRoom } from '../support/turn-room.ts';

const usage = { promptTokens: 1, completionTokens: 1, estimated: false };
const passage = (chunkId: string, text: string): Passage => ({
  sourceId: 's1',
  chunkId,
  title: 'The handbook',
  heading: `On ${chunkId}`,
  anchor: chunkId,
  summary: text,
  text,
});

/** A room with a source in its library, a model that says what a test tells it to, and a search that finds what it is told. */
async function setUp() {
  const replies: string[] = [];
  const prompts: string[] = [];
  const queries: string[] = [];
  const meters: (Meter | undefined)[] = [];
  let found: Passage[] = [];
  const model: LanguageModel = {
    name: 'scripted',
    async *stream({ messages, meter }): AsyncGenerator<StreamPart> {
      meters.push(meter);
      prompts.push(messages[0]?.content ?? '');
      for (const piece of (replies.shift() ?? 'Nothing.').match(/.{1,3}/gs) ?? [])
        yield { type: 'text', text: piece };
      yield { type: 'end', finish: 'stop', usage, model: 'scripted', fallback: false };
    },
    structured: async ({ fallback }) => ({ value: fallback, source: 'default', usage }),
  };
  const room = await turnRoom(model, ['Ada'], cast, async (_roomId, query) => {
    queries.push(query);
    return { tier: 'all', passages: found };
  });
  const add = () =>
    room.act({
      name: 'source.add',
      args: { sourceId: 's1', title: 'The handbook', chunks: 3, format: 'md', bytes: 99 },
    });
  return {
    room,
    prompts,
    queries,
    meters,
    add,
    says: (text: string) => void replies.push(text),
    finds: (...passages: Passage[]) => {
      found = passages;
    },
    last: async () => (await room.log.stateOf(room.roomId)).messages.at(-1),
  };
}

test('[CI4] a bot is offered what the library has, under numbers that hold for the whole room, and cites those alone', async () => {
  const { room, prompts, add, says, finds, last } = await setUp();
  await add();
  finds(passage('one', 'Oil the hinge.'), passage('two', 'Turn it left.'));
  says('Oil it [1], then turn [2][7].');
  await room.say('How do I open it?');
  expect(prompts[0]).toContain('[1] The handbook, On one — Oil the hinge.');
  expect(await last()).toMatchObject({
    text: 'Oil it [1], then turn [2].',
    citations: [1, 2],
    sources: [
      { number: 1, chunkId: 'one', summary: 'Oil the hinge.' },
      { number: 2, chunkId: 'two' },
    ],
  });
  expect(JSON.stringify(await last())).not.toContain('"Oil the hinge.","text"');
  finds(passage('three', 'Wait.'), passage('two', 'Turn it left.'));
  says('Wait [3]. As said [2], not [1].');
  await room.say('And then?');
  expect(prompts[1]).toMatch(/\[3\] The handbook, On three — Wait\.\n\[2\] The handbook, On two/);
  expect(await last()).toMatchObject({ text: 'Wait [3]. As said [2], not.', citations: [3, 2] });
  expect((await room.log.stateOf(room.roomId)).numbering).toEqual([
    { number: 1, chunkId: 'one' },
    { number: 2, chunkId: 'two' },
    { number: 3, chunkId: 'three' },
  ]);
});

test('[CI5] a follow-up is looked up with what was said before; where nothing is found, the bot is told so', async () => {
  const { room, prompts, queries, add, says, last } = await setUp();
  await add();
  await room.say('Where does the lighthouse keeper live?');
  says('Nothing says so [1].');
  await room.say('And who pays him?');
  expect(queries).toEqual([
    'Where does the lighthouse keeper live?',
    expect.stringMatching(/^And who pays him\? .*lighthouse/),
  ]);
  expect(prompts.at(-1)).toContain('nothing in it fits this message');
  expect(await last()).toMatchObject({ text: 'Nothing says so.', sources: [], citations: [] });
});

test('[CI6] in a room without a library brackets are just brackets', async () => {
  const { room, queries, says, last } = await setUp();
  says('Take a[1] and [2].');
  await room.say('What?');
  expect(queries).toEqual([]);
  expect(await last()).toMatchObject({ text: 'Take a[1] and [2].' });
  expect(await last()).not.toHaveProperty('sources');
});

test('[US16] a call for a reply says how the library was searched for it, where it was', async () => {
  const { room, meters, add, finds } = await setUp();
  await room.say('Anybody?');
  await add();
  finds(passage('one', 'Oil the hinge.'));
  await room.say('How do I open it?');
  expect(meters[0]).not.toHaveProperty('searchTier');
  expect(meters[1]).toMatchObject({ purpose: 'reply', searchTier: 'all' });
});

test('[CI7] an earlier version keeps what it was offered and cites, beside the reply and when it is chosen again', async () => {
  const { room, add, says, finds, last } = await setUp();
  await add();
  finds(passage('one', 'Oil the hinge.'));
  says('Oil it [1][9].');
  await room.say('How do I open it?');
  const first = await last();
  finds(passage('two', 'Turn it left.'));
  says('Turn it [2], not [1].');
  await room.regenerate('Oil it [1].');
  expect(await last()).toMatchObject({
    text: 'Turn it [2], not.',
    citations: [2],
    sources: [{ number: 2, chunkId: 'two' }],
    versions: [{ text: 'Oil it [1].', citations: [1], sources: [{ number: 1, chunkId: 'one' }] }],
  });
  await room.act({ name: 'reply.select', args: { messageId: first?.messageId ?? '' } });
  const told = { text: 'Oil it [1].', citations: [1], sources: [{ number: 1, chunkId: 'one' }] };
  expect(await last()).toMatchObject({
    ...told,
    versions: [{ text: 'Turn it [2], not.', citations: [2], sources: [{ chunkId: 'two' }] }],
  });
  // The same in the table of the timeline, where older messages are read.
  expect(await room.log.findMessage(room.roomId, first?.messageId ?? '')).toEqual(await last());
  await room.act({
    name: 'history.rewind',
    args: { messageId: (await room.log.stateOf(room.roomId)).messages[0]?.messageId ?? '' },
  });
  await room.act({ name: 'history.undo', args: {} });
  expect(await last()).toMatchObject({ ...told, versions: [{ citations: [2] }] });
});
