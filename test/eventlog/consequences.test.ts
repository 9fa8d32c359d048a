import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { edgeValue } from '../../src/domain/consequences.ts';
import type { Actor, LoggedEvent } from '../../src/domain/event.ts';
import type { EventLog } from '../../src/eventlog/event-log.ts';
import { KibitzError } from '../../src/lib/errors.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { commandOf, type Intent, intents, people } from '../support/room-commands.ts';
import { runs } from '../support/runs.ts';
import { Shelf } from '../support/shelf.ts';
import { makeRoom, openLog } from '../support/test-log.ts';

const ada = { botId: 'ada', name: 'Ada' };

const opened: Database[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.close()));
});

describeOnEachDatabase('what follows from messages, in the database', (openUrl) => {
  /** Plays what people set out to do, several at once, and gives back the room's log. */
  async function playOn(
    [log, other]: [EventLog, EventLog],
    roomId: string,
    plan: readonly Intent[],
  ): Promise<LoggedEvent[]> {
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
    return log.eventsAfter(roomId, 0, 10_000);
  }

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
        const shelf = new Shelf();
        for (const event of await playOn([log, other], roomId, plan)) shelf.take(event);
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
      }),
      runs(12),
    );
  });
});
