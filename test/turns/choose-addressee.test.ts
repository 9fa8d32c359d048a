import { expect, test } from 'vitest';
import type { LanguageModel } from '../../src/llm/language-model.ts';
import { chooseAddressee } from '../../src/turns/stages/choose-addressee.ts';
import type { TurnContext } from '../../src/turns/turn-context.ts';
import { fakeModel, never, someUsage } from '../llm/fakes.ts';
import { ada, bob, type RoomPlan, type TestRoom, testRoom } from '../support/test-room.ts';

type Answer = { id: string; confidence: 'high' | 'medium' | 'low'; reason?: string } | 'default' | Error;

/** A classifier that gives these answers, one a call; it must not be asked more often. */
function classifier(...answers: Answer[]) {
  const structured: LanguageModel['structured'] = async (request) => {
    const answer = answers.shift();
    if (answer === undefined) throw new TypeError('asked too often');
    if (answer instanceof Error) throw answer;
    if (answer === 'default')
      return { value: request.fallback, source: 'default', failure: 'timeout', usage: someUsage };
    const value = request.schema.parse({ reason: 'it seems so', ...answer });
    return { value, source: 'model', usage: someUsage };
  };
  return fakeModel('classifier', [], structured);
}

/** Runs the stage for the room's first waiting turn. */
async function choose(room: TestRoom, model = classifier(), signal = never()) {
  const [turn] = room.state.turns;
  if (turn === undefined) throw new Error('no turn waits');
  const find = (id: string) => room.state.messages.find(({ messageId }) => messageId === id);
  const context = {
    roomId: 'room1',
    turn,
    model,
    signal,
    classifierModel: 'small',
    lease: { epoch: 1 },
    findBot: async (id: string) => ({ id, name: id, persona: `the persona of ${id}` }),
    eventLog: {
      stateOf: async () => room.state,
      findMessage: async (_: string, id: string) => find(id),
      page: async () => ({ messages: room.state.messages }),
      handle: async ({ command }: { command: { name: 'turn.start'; args: object } }) =>
        room.act('kibitz', command.name, command.args),
    },
  } as unknown as TurnContext;
  const outcome = await chooseAddressee.run(context);
  const started = room.log.findLast((event) => event.kind === 'turn.started');
  return { outcome, ...(started?.kind === 'turn.started' ? started.data.addressee : {}) };
}

const asking = (text: string, plan: RoomPlan = {}) => {
  const room = testRoom({ bots: [ada, bob], ...plan });
  room.post('pat', text);
  return room;
};
const toHost = { botId: 'ada', by: 'fallback', confidence: 'low', outcome: undefined };

test('[AD2] with one bot nobody is asked', async () => {
  expect(await choose(asking('hello', { bots: [ada] }))).toMatchObject({ botId: 'ada', by: 'only' });
});

test('[AD14] the classifier is asked only where structure does not tell', async () => {
  expect(await choose(asking('@Bob hello'))).toMatchObject({ botId: 'bob', by: 'mention' });
  const model = classifier({ id: 'bob', confidence: 'medium' });
  expect(await choose(asking('Is cheese good?'), model)).toMatchObject({ botId: 'bob', by: 'classifier' });
  const [request] = model.requests as {
    task: string;
    model: string;
    deadline: number;
    messages: { content: string }[];
  }[];
  expect(request).toMatchObject({ task: 'addressee', model: 'small', deadline: 4_000 });
  expect(request?.messages[0]?.content).toMatch(
    /- ada: Ada — the persona of ada\n- bob: Bob — .*\n- nobody: /,
  );
  expect(request?.messages.at(-1)?.content).toBe('pat: Is cheese good?');
});

test('[AD14] nobody is an answer', async () => {
  const model = classifier({ id: 'nobody', confidence: 'high' });
  expect(await choose(asking('hello'), model)).toMatchObject({
    botId: null,
    by: 'classifier',
    outcome: 'quiet',
  });
});

test.each<[string, Answer]>([
  ['a call that fails', new Error('no network')],
  ['no answer in time', 'default'],
  ['an id that was not offered', { id: 'mallory', confidence: 'high' }],
  ['a person’s id', { id: 'pia', confidence: 'high' }],
  ['a choice it is unsure of', { id: 'bob', confidence: 'low' }],
  ['nobody, unsurely', { id: 'nobody', confidence: 'low' }],
])('[AD15] %s means the host', async (_, answer) => {
  expect(await choose(asking('hello'), classifier(answer))).toMatchObject(toHost);
});

test('[AD9] where somebody always answers, nobody is no choice', async () => {
  const room = asking('hello', { settings: { reply: 'always' } });
  expect(await choose(room, classifier({ id: 'nobody', confidence: 'high' }))).toMatchObject(toHost);
});

test('[AD15] a stop while the classifier thinks is a stop', async () => {
  const abort = new AbortController();
  abort.abort(new Error('stopped'));
  await expect(choose(asking('hello'), classifier(new Error('aborted')), abort.signal)).rejects.toThrow(
    'stopped',
  );
});

test('[AD6] those who share a turn are judged together', async () => {
  const room = asking('hello');
  room.post('pia', 'good day');
  const model = classifier({ id: 'bob', confidence: 'high' });
  expect(await choose(room, model)).toMatchObject({ botId: 'bob' });
  const [request] = model.requests as { messages: { content: string }[] }[];
  expect(request?.messages.slice(-2).map(({ content }) => content)).toEqual(['pat: hello', 'pia: good day']);
});

test('[AD6] who joined a turn is not forgotten when its first message turns to a person', async () => {
  const room = asking('hello');
  room.post('pia', 'good day');
  room.act('pat', 'message.edit', { messageId: room.state.messages[0]?.messageId, text: 'mod: hello' });
  expect(await choose(room, classifier({ id: 'bob', confidence: 'high' }))).toMatchObject({ botId: 'bob' });
});

async function answered(text: string, answer: Answer) {
  const room = asking(text);
  const { botId } = await choose(room, classifier(answer));
  const [turn] = room.state.turns;
  const message = { messageId: 'reply1', author: { type: 'bot', id: botId, name: 'Bob' }, text: 'yes' };
  room.act('kibitz', 'turn.finish', { turnId: turn?.turnId, outcome: 'completed', reply: message });
  return room;
}

test('[AD16] a reply says why its bot answered, and is written anew by the same decision', async () => {
  const room = await answered('Is cheese good?', { id: 'bob', confidence: 'high', reason: 'cheese is his' });
  const addressee = { botId: 'bob', by: 'classifier', confidence: 'high', reason: 'cheese is his' };
  expect(room.state.messages.at(-1)?.addressee).toEqual(addressee);
  room.act('pat', 'reply.regenerate', { messageId: 'reply1' });
  expect(await choose(room)).toMatchObject(addressee);
});

test('[AD16] edited text is decided afresh', async () => {
  const room = await answered('Is cheese good?', { id: 'bob', confidence: 'high' });
  room.act('pat', 'reply.regenerate', { messageId: 'reply1', text: 'Ada, is cheese good?' });
  expect(await choose(room)).toMatchObject({ botId: 'ada', by: 'name' });
});

test('[AD16] and so is a message whose bot has left', async () => {
  const room = await answered('Is cheese good?', { id: 'bob', confidence: 'high' });
  room.act('own', 'bot.remove', { botId: 'bob' });
  room.act('pat', 'reply.regenerate', { messageId: 'reply1' });
  expect(await choose(room)).toMatchObject({ botId: 'ada', by: 'only' });
});
