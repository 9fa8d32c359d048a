import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import type { Command } from '../../src/domain/decide.ts';
import { edgeValue } from '../../src/domain/edge-ledger.ts';
import type { Actor, LoggedEvent } from '../../src/domain/event.ts';
import type { EventLog } from '../../src/eventlog/event-log.ts';
import type { CommandResult } from '../../src/eventlog/handle-command.ts';
import { KibitzError } from '../../src/lib/errors.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { commandOf, type Intent, intents, people } from '../support/room-commands.ts';
import { runs } from '../support/runs.ts';
import { Shelf } from '../support/shelf.ts';
import { ann, makeRoom, openLog } from '../support/test-log.ts';

const ada = { botId: 'ada', name: 'Ada' };

const opened: Database[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.close()));
});

describeOnEachDatabase('what follows from messages, in the database', (openUrl) => {
  /** Plays what people set out to do, several at once. */
  async function playOn(
    [log, other]: [EventLog, EventLog],
    roomId: string,
    plan: readonly Intent[],
  ): Promise<void> {
    const events: LoggedEvent[] = [];
    const unsubscribe = log.subscribe((id, more) => {
      if (id === roomId) events.push(...more);
    });
    for (let at = 0; at < plan.length; at += 3) {
      const state = await log.newestStateOf(roomId);
      await Promise.all(
        plan.slice(at, at + 3).map(async (intent, index) => {
          if (intent.what === 'carried') return;
          const command = commandOf(intent, intent.what, state, events);
          const actor: Actor = { type: 'user', id: intent.who === 'own' ? 'ann' : intent.who };
          await (index === 1 ? other : log).handle({ roomId, command, actor }).catch((refusal: unknown) => {
            if (!(refusal instanceof KibitzError) || refusal.code === 'internal') throw refusal;
          });
        }),
      );
    }
    unsubscribe();
  }

  test('[CQ2] leaves and returns with them', async () => {
    const db = await openDatabase(await openUrl());
    opened.push(db);
    const log = openLog(db);
    const roomId = await makeRoom(log, [ada, { botId: 'bob', name: 'Bob' }]);
    const feelings: unknown[] = [];
    const act = async (command: Command): Promise<CommandResult> => {
      const result = await log.handle({ roomId, command, actor: ann });
      await expectToFollow(log, roomId);
      return result;
    };
    const feel = async () => {
      const { edges, memories } = await log.stateOf(roomId);
      feelings.push({ edges, memories });
      return feelings.at(-1);
    };
    const run = async (turnId: string, name: string, step: number) => {
      const addressee = { botId: 'ada', by: 'only', confidence: 'high', reason: '' } as const;
      await act({ name: 'turn.start', args: { turnId, addressee } });
      const reply = { messageId: name, author: { type: 'bot' as const, id: 'ada', name: 'Ada' }, text: name };
      await act({ name: 'turn.say', args: { turnId, reply } });
      const since = (await log.stateOf(roomId)).seq;
      const delta = { affinity: step, trust: -step, knowledge: [`${name} knows`], summary: `after ${name}` };
      const memories = ['ada', 'bob'].map((witnessId) => ({ witnessId, text: `${witnessId}: ${name}` }));
      const edges = [
        { from: 'ada', to: 'ann', delta },
        { from: 'ann', to: 'bob', delta },
      ];
      const args = { turnId, messageId: name, since, significance: step, memories, edges };
      await act({ name: 'turn.settle', args });
      await act({ name: 'turn.finish', args: { turnId, outcome: 'completed' } });
    };
    const ask = async (text: string, name: string, step: number) => {
      const { turnId, messageId } = await act({ name: 'message.post', args: { text } });
      await run(String(turnId), name, step);
      return String(messageId);
    };
    const first = await ask('Ada, one?', 'one', 3);
    await ask('Ada, two?', 'two', 4);
    await ask('Ada, three?', 'three', 5);
    const before = await feel();
    expect((await log.stateOf(roomId)).edges).toMatchObject([
      { from: 'ada', to: 'ann', affinity: 62, trust: 38, summary: 'after three', changes: 3 },
      { from: 'ann', to: 'bob', affinity: 62, trust: 38 },
    ]);
    const { turnId } = await act({ name: 'reply.regenerate', args: { messageId: 'one' } });
    await run(String(turnId), 'anew', 9);
    const anew = await feel();
    expect((await log.stateOf(roomId)).edges[0]).toMatchObject({
      affinity: 68,
      knowledge: ['anew knows', 'two knows', 'three knows'],
      summary: 'after three',
    });
    await act({ name: 'reply.select', args: { messageId: 'one' } });
    expect(await feel()).toEqual(before);
    await act({ name: 'reply.select', args: { messageId: 'anew' } });
    expect(await feel()).toEqual(anew);
    await act({ name: 'history.rewind', args: { messageId: first } });
    expect(await feel()).toEqual({ edges: [], memories: [] });
    await act({ name: 'history.undo', args: {} });
    expect(await feel()).toEqual(anew);
    expect((await log.memoriesOf(roomId, 'bob', 1_000, 2)).map(({ text }) => text)).toEqual([
      'bob: three',
      'bob: two',
    ]);
    const { seq } = (await log.findMessage(roomId, 'two')) ?? { seq: 0 };
    const upToTwo = await log.relationsOf(roomId, 'ada', seq, 10);
    expect(upToTwo.sums).toEqual(new Map([['ann', { affinity: 13, trust: -13 }]]));
    expect(upToTwo.changes.map(({ delta }) => delta.summary)).toEqual(['after two', 'after anew']);
    await act({ name: 'message.remove', args: { messageId: 'two' } });
    await act({ name: 'message.edit', args: { messageId: 'three', text: 'four' } });
    expect((await log.stateOf(roomId)).edges[0]).toMatchObject({ affinity: 59, changes: 1 });
    await act({ name: 'bot.remove', args: { botId: 'bob' } });
    expect((await log.stateOf(roomId)).edges.map(({ to }) => to)).toEqual(['ann']);
    expect(await log.memoriesOf(roomId, 'bob', 1_000, 2)).toEqual([]);
  });

  test('[FA9] noted again by the next version, it keeps its id and goes with the version that is shown', async () => {
    const db = await openDatabase(await openUrl());
    opened.push(db);
    const log = openLog(db);
    const roomId = await makeRoom(log, [ada]);
    const act = (command: Command) => log.handle({ roomId, command, actor: ann });
    const source = { type: 'ai_synthesis' as const, ref: null };
    const notes = {
      facts: [{ text: 'The disk is full.', summary: 'from df', status: 'suspected' as const, source }],
      tasks: [{ kind: 'question' as const, text: 'Which disk?' }],
    };
    const run = async (turnId: unknown, messageId: string) => {
      const args = { turnId: String(turnId) };
      const addressee = { botId: 'ada', by: 'only', confidence: 'high', reason: '' } as const;
      await act({ name: 'turn.start', args: { ...args, addressee } });
      const author = { type: 'bot' as const, id: 'ada', name: 'Ada' };
      const reply = { messageId, author, text: messageId };
      await act({ name: 'turn.finish', args: { ...args, outcome: 'completed', reply, notes } });
    };
    const known = async () => {
      const { facts, tasks } = await log.newestStateOf(roomId);
      return [
        ...facts.map(({ factId, cause }) => [factId, cause]),
        ...tasks.map(({ taskId, cause }) => [taskId, cause]),
      ];
    };
    await run((await act({ name: 'message.post', args: { text: 'Why?' } })).turnId, 'one');
    const [[factId], [taskId]] = (await known()) as [string[], string[]];
    await run((await act({ name: 'reply.regenerate', args: { messageId: 'one' } })).turnId, 'two');
    const by = (cause: string) => [
      [factId, cause],
      [taskId, cause],
    ];
    expect(await known()).toEqual(by('two'));
    await act({ name: 'reply.select', args: { messageId: 'one' } });
    expect(await known()).toEqual(by('one'));
    await act({ name: 'message.remove', args: { messageId: 'one' } });
    expect(await known()).toEqual([]);
  });

  test('[CQ3] follows history as the rules say, whatever people do at once', async () => {
    const db = await openDatabase(await openUrl());
    opened.push(db);
    await fc.assert(
      fc.asyncProperty(intents(10, 60), async (plan) => {
        // Two logs on one database: what two processes have.
        const [log, other] = [openLog(db), openLog(db)];
        const roomId = await makeRoom(log, [ada]);
        for (const name of people.slice(1, 3)) {
          const args = { name, role: 'moderator' as const, invitedAt: '9' };
          const actor = { type: 'user' as const, id: name };
          await log.handle({ roomId, actor, command: { name: 'member.join', args } });
        }
        await playOn([log, other], roomId, plan);
        await expectToFollow(log, roomId);
      }),
      runs(12),
    );
  });
});

/** Checks that a room feels and remembers what its log says of the messages that stand, in its state and in its tables. */
async function expectToFollow(log: EventLog, roomId: string): Promise<void> {
  const shelf = new Shelf();
  for (const event of await log.eventsAfter(roomId, 0, 10_000)) shelf.take(event);
  const { edges, memories } = await log.newestStateOf(roomId);
  const standing = shelf.standing();
  const remembered = standing.flatMap((one) => (one.kind === 'memory' ? [one.memory] : []));
  expect(new Set(memories.map(({ memoryId }) => memoryId))).toEqual(
    new Set(remembered.map(({ memoryId }) => memoryId)),
  );
  for (const { from, to, sum, changes, ...value } of edges) {
    const own = standing.flatMap((one) =>
      one.kind === 'edge' && one.change.from === from && one.change.to === to ? [one.change] : [],
    );
    expect(changes).toBe(own.length);
    expect(value).toEqual(edgeValue(sum, own));
    const stored = await log.relationsOf(roomId, from, 1_000_000, 100);
    expect(stored.sums.get(to)).toEqual(sum);
    const told = stored.changes.filter((change) => change.to === to);
    expect(edgeValue(sum, told)).toEqual(value);
  }
  for (const witnessId of ['ada', 'bob', 'cleo']) {
    const stored = await log.memoriesOf(roomId, witnessId, 1_000_000, 100);
    expect(stored.toReversed()).toEqual(memories.filter((memory) => memory.witnessId === witnessId));
  }
}
