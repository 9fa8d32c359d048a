import { afterEach, expect, test } from 'vitest';
import { createDraftCommands } from '../../src/commands/draft-commands.ts';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import type { CommandResult } from '../../src/eventlog/handle-command.ts';
import { KibitzError } from '../../src/lib/errors.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { ann, makeRoom, openLog } from '../support/test-log.ts';

const opened: Database[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.close()));
});

describeOnEachDatabase('a draft of a fact', (openUrl) => {
  test('[FA7] asked for again under its command id is the first one, at once too, and in another process', async () => {
    const db = await openDatabase(await openUrl());
    opened.push(db);
    const eventLog = openLog(db);
    const roomId = await makeRoom(eventLog);
    let calls = 0;
    let fails = true;
    const draftFact = async () => {
      calls += 1;
      if (fails) throw new KibitzError('unprocessable', 'There is no fact in this answer.');
      return { text: `draft ${calls}`, summary: 'made up' };
    };
    const { draft } = createDraftCommands({ eventLog, draftFact });
    const request = { roomId, actor: ann, commandId: 'c1' };
    const asked = { question: 'Which disk?', answer: 'The second.' };
    // What came to nothing may come to something the next time.
    await expect(draft(request, asked)).rejects.toMatchObject({ code: 'unprocessable' });
    fails = false;
    const first = { draft: { text: 'draft 2', summary: 'made up' } };
    expect(await Promise.all([draft(request, asked), draft(request, asked)])).toEqual([first, first]);
    expect(await draft(request, asked)).toEqual(first);
    const other = createDraftCommands({ eventLog: openLog(db), draftFact });
    expect(await other.draft(request, asked)).toEqual(first);
    expect(calls).toBe(2);
    await expect(draft(request, { ...asked, answer: 'The first.' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await draft({ roomId, actor: ann }, asked)).toMatchObject({ draft: { text: 'draft 3' } });
    const outside = { ...request, actor: { type: 'user' as const, id: 'eve' } };
    await expect(draft(outside, asked)).rejects.toMatchObject({ code: 'not_found' });
    expect(calls).toBe(3);
  });
  test('[EL15] a task that was made a fact before a crash is that fact when it is asked for again, though it was taken away', async () => {
    const db = await openDatabase(await openUrl());
    opened.push(db);
    const eventLog = openLog(db);
    const roomId = await makeRoom(eventLog);
    const draftFact = async () => ({ text: 'The disk is full.', summary: 'made up' });
    const { taskId } = await eventLog.handle({
      roomId,
      actor: ann,
      command: { name: 'task.add', args: { kind: 'question', text: 'Which disk is full?' } },
    });
    if (typeof taskId !== 'string') throw new Error('no task');
    const answer = { name: 'task.answer', args: { taskId, answer: 'The second.' } } as const;
    await eventLog.handle({ roomId, actor: ann, command: answer });
    const made: CommandResult[] = [];
    const { promote } = createDraftCommands({
      eventLog: {
        ...eventLog,
        /** Ends as soon as there is a fact. */
        async handle(request) {
          const result = await eventLog.handle(request);
          if (result.factId === undefined) return result;
          made.push(result);
          throw new Error('the process was killed');
        },
      },
      draftFact,
    });
    const request = { roomId, actor: ann, commandId: 'p1' };
    await expect(promote(request, { taskId })).rejects.toThrow('killed');
    const after = openLog(db);
    const factId = String(made[0]?.factId);
    await after.handle({ roomId, actor: ann, command: { name: 'fact.remove', args: { factId } } });
    const other = createDraftCommands({ eventLog: after, draftFact });
    expect(await other.promote(request, { taskId })).toEqual(made[0]);
    expect((await after.newestStateOf(roomId)).facts).toEqual([]);
    const fuller = other.promote(request, { taskId, summary: 'by Ann' });
    await expect(fuller).rejects.toMatchObject({ code: 'conflict' });
  });
});
