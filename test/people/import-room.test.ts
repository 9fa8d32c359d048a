import { afterEach, expect, test } from 'vitest';
import { logHeader } from '../../src/cards/room-log.ts';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { compiled } from '../../src/db/query.ts';
import { system } from '../../src/domain/command.ts';
import type { Command } from '../../src/domain/decide.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import { createBots } from '../../src/people/bots.ts';
import { createRoomImporter } from '../../src/people/import-room.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { ann, makeRoom, openLog, post, wholeLog } from '../support/test-log.ts';

const opened: Database[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.close()));
});

describeOnEachDatabase('a room that was imported', (openUrl) => {
  test('[CC13] remembers, feels and knows what the one did that was exported, as long as its messages stand', async () => {
    const db = await openDatabase(await openUrl());
    opened.push(db);
    const eventLog = openLog(db);
    const roomId = await makeRoom(eventLog, [{ botId: 'ada', name: 'Ada' }]);
    const act = (command: Command, actor = ann, room = roomId) =>
      eventLog.handle({ roomId: room, actor, command });
    const { turnId: queued } = await eventLog.handle(post(roomId, '@Ada why?'));
    const turnId = String(queued);
    const addressee = { botId: 'ada', by: 'mention', confidence: 'high', reason: 'called' } as const;
    await act({ name: 'turn.start', args: { turnId, addressee } }, system);
    const author = { type: 'bot' as const, id: 'ada', name: 'Ada' };
    const reply = { messageId: randomId(), author, text: 'Because.' };
    const source = { type: 'ai_synthesis' as const, ref: null };
    const notes = {
      facts: [{ text: 'The disk was full.', summary: 'from df', status: 'suspected' as const, source }],
      tasks: [{ kind: 'question' as const, text: 'Which disk?' }],
    };
    await act({ name: 'turn.say', args: { turnId, reply, notes } }, system);
    const delta = { affinity: 4, trust: -2, knowledge: ['Ann asks why.'], summary: 'Curious.' };
    const edges = ['ann', 'ada'].map((from) => ({ from, to: from === 'ann' ? 'ada' : 'ann', delta }));
    const settled = {
      ...{ turnId, messageId: reply.messageId, since: (await eventLog.stateOf(roomId)).seq },
      ...{ significance: 7, memories: [{ witnessId: 'ada', text: 'Ann asked.' }], edges },
    };
    await act({ name: 'turn.settle', args: settled }, system);
    await act({ name: 'turn.finish', args: { turnId, outcome: 'completed' } }, system);
    await act({ name: 'fact.add', args: { text: 'It was Monday.' } });
    const operations = [{ op: 'add_section', heading: 'Known', level: 2, blocks: ['Much.'] }];
    await act({ name: 'brief.apply', args: { operations } });

    const state = await eventLog.newestStateOf(roomId);
    const lines = [logHeader(state, '2026-01-01T00:00:00.000Z'), ...(await wholeLog(eventLog, roomId))];
    const data = lines.map((line) => JSON.stringify(line)).join('\n');
    const user = { id: 'ann', name: 'Ann' };
    await db.run(
      compiled(db.sql.insertInto('users').values({ ...user, created_at: '2026-01-01T00:00:00.000Z' })),
    );
    const bots = createBots(db, systemClock, randomId);
    const importRoom = createRoomImporter({ eventLog, bots, newId: randomId });
    const { room } = await importRoom(user, { data });
    const there = await eventLog.newestStateOf(room.id);
    const [bot] = there.bots;
    const shown = there.messages.at(-1);
    expect(shown).toMatchObject({ text: 'Because.', addressee: { botId: bot?.botId, by: 'mention' } });
    expect(there).toMatchObject({
      memories: [{ witnessId: bot?.botId, text: 'Ann asked.', significance: 7, cause: shown?.messageId }],
      facts: [
        { text: 'The disk was full.', by: { id: bot?.botId }, cause: shown?.messageId },
        { text: 'It was Monday.', by: ann },
      ],
      tasks: [{ text: 'Which disk?', status: 'open', cause: shown?.messageId }],
      brief: { document: state.brief.document },
    });
    const felt = there.edges.map(({ from, to, affinity, trust, knowledge, summary }) => ({
      ...{ from, to, affinity, trust, knowledge, summary },
    }));
    const value = { affinity: 54, trust: 48, knowledge: ['Ann asks why.'], summary: 'Curious.' };
    const botId = String(bot?.botId);
    expect(felt).toHaveLength(2);
    expect(felt).toEqual(
      expect.arrayContaining([
        { from: botId, to: 'ann', ...value },
        { from: 'ann', to: botId, ...value },
      ]),
    );
    const args = { messageId: shown?.messageId ?? '' };
    await act({ name: 'message.remove', args }, ann, room.id);
    expect(await eventLog.newestStateOf(room.id)).toMatchObject({
      ...{ memories: [], edges: [], tasks: [], facts: [{ text: 'It was Monday.' }] },
    });
    expect(await eventLog.memoriesOf(room.id, botId, 1_000, 10)).toEqual([]);
  });
});
