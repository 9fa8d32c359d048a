import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KibitzError } from '../../src/lib/errors.ts';
import { intents, play } from '../support/room-commands.ts';
import { runs } from '../support/runs.ts';
import { ada, bob, refusalOf, type TestRoom, testRoom } from '../support/test-room.ts';

const room2 = () => testRoom({ bots: [ada, bob], settings: { facts: true } });
const source = { type: 'ai_synthesis', ref: null };
const fact = (text: string) => ({ text, summary: 'from the talk', status: 'suspected', source });
type Notes = { facts?: object[]; tasks?: object[] };

/** Answers a waiting turn with words and what is noted beside them. */
function say(
  room: TestRoom,
  turnId: string | undefined,
  text: string,
  { facts = [], tasks = [] }: Notes = {},
) {
  room.start(turnId ?? '');
  const messageId = `said${`${room.state.seq}`.padStart(6, '0')}`;
  const reply = { messageId, author: { type: 'bot', id: 'ada', name: 'Ada' }, text };
  room.act('kibitz', 'turn.finish', { turnId, outcome: 'completed', reply, notes: { facts, tasks } });
  return messageId;
}
const ask = (room: TestRoom, text: string, answer: string, notes?: Notes) =>
  say(room, room.post('pat', `@Ada ${text}`).turnId, answer, notes);
const regenerate = (room: TestRoom, messageId: string, answer: string, notes?: Notes) =>
  say(room, room.act('pat', 'reply.regenerate', { messageId }).result.turnId, answer, notes);
const texts = (room: TestRoom) => room.state.facts.map(({ text }) => text);
const openTasks = (room: TestRoom) =>
  room.state.tasks.filter(({ status }) => status === 'open').map(({ text }) => text);

describe('[FA1] a fact that a person writes down', () => {
  test('is theirs, confirmed, and can be changed and removed; each change counts once', () => {
    const room = room2();
    const added = room.act('pat', 'fact.add', { text: ' The disk is full. ' });
    const { factId } = added.result;
    expect(added.result.stateVersion).toBe(1);
    expect(room.state.facts).toMatchObject([
      {
        text: 'The disk is full.',
        status: 'confirmed',
        source: { type: 'user_note', ref: null },
        by: { id: 'pat' },
        stateVersion: 1,
      },
    ]);
    expect(room.act('pia', 'fact.edit', { factId, status: 'ruled_out' }).result.stateVersion).toBe(2);
    expect(room.state.facts[0]).toMatchObject({ status: 'ruled_out', edited: { by: { id: 'pia' } } });
    expect(room.act('pia', 'fact.edit', { factId, text: 'The disk is full.' }).events).toEqual([]);
    expect(room.act('pia', 'fact.edit', { factId }).events).toEqual([]);
    expect(room.act('pia', 'fact.remove', { factId }).result.stateVersion).toBe(3);
    const again = room.act('pia', 'fact.remove', { factId });
    expect([again.events, again.result.stateVersion, room.state.stateVersion]).toEqual([[], 3, 3]);
    expect(refusalOf(() => room.act('pia', 'fact.edit', { factId, text: 'x' }))).toBe('not_found');
    expect(refusalOf(() => room.act('pia', 'fact.remove', { factId: 'nothing' }))).toBe('not_found');
  });

  test('changed in the meantime, it is a conflict that shows how it stands', () => {
    const room = room2();
    const { factId } = room.act('pat', 'fact.add', { text: 'one' }).result;
    room.act('pia', 'fact.edit', { factId, text: 'two', ifVersion: 1 });
    // Another fact has changed, this one has not.
    const other = room.act('pia', 'fact.add', { text: 'other' }).result;
    expect(
      room.act('pat', 'fact.edit', { factId: other.factId, text: 'mine', ifVersion: 3 }).events,
    ).toHaveLength(1);
    try {
      room.act('pat', 'fact.edit', { factId, text: 'three', ifVersion: 1 });
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'conflict',
        details: { fact: { factId, text: 'two', stateVersion: 2 } },
      });
      expect(error).toBeInstanceOf(KibitzError);
    }
    expect(refusalOf(() => room.act('pat', 'fact.remove', { factId, ifVersion: 1 }))).toBe('conflict');
    expect(room.act('pat', 'fact.remove', { factId, ifVersion: 2 }).events).toHaveLength(1);
  });
});

describe('[FA2] questions and checks', () => {
  test('are answered and made a fact once, which is changed by answering anew', () => {
    const room = room2();
    const { taskId } = room.act('pat', 'task.add', { kind: 'check', text: 'df -h' }).result;
    expect(refusalOf(() => room.act('pat', 'fact.promote', { taskId, text: 'x' }))).toBe('conflict');
    room.act('pia', 'task.answer', { taskId, answer: '100% used' });
    expect(room.state.tasks).toMatchObject([
      { taskId, status: 'answered', answer: '100% used', answered: { by: { id: 'pia' } } },
    ]);
    const made = room.act('pat', 'fact.promote', { taskId, text: 'The disk was full.', summary: 'by df' });
    expect(room.state.facts).toMatchObject([{ source: { type: 'diagnostic_check', ref: taskId } }]);
    const again = room.act('pia', 'fact.promote', { taskId, text: 'Something else.' });
    expect([again.events, again.result]).toEqual([[], made.result]);
    const { factId } = made.result;
    expect(refusalOf(() => room.act('pat', 'fact.edit', { factId, text: 'x' }))).toBe('forbidden');
    expect(room.act('pat', 'fact.edit', { factId, status: 'ruled_out' }).events).toHaveLength(1);
    room.act('pia', 'task.answer', { taskId, answer: '20% used' });
    expect(room.state.facts).toEqual([]);
    room.act('pia', 'fact.promote', { taskId, text: 'The disk had room.' });
    expect(texts(room)).toEqual(['The disk had room.']);
  });

  test('are answered by a reply to them in the chat, as long as that stands', () => {
    const room = room2();
    const { taskId } = room.act('pat', 'task.add', { kind: 'question', text: 'Which disk?' }).result;
    const { messageId } = room.post('pia', 'The second one.', taskId);
    expect(room.state.tasks).toMatchObject([
      { status: 'answered', answer: 'The second one.', answered: { by: { id: 'pia' }, messageId } },
    ]);
    room.act('mod', 'message.remove', { messageId });
    expect(room.state.tasks).toMatchObject([{ taskId, status: 'open', text: 'Which disk?' }]);
    expect(room.state.tasks[0]).not.toHaveProperty('answer');
  });

  test('answered in the chat, follow what the message says, and so does the fact made of it', () => {
    const room = room2();
    const { taskId } = room.act('pat', 'task.add', { kind: 'question', text: 'Which port?' }).result;
    const { messageId } = room.post('pia', '8080', taskId);
    room.act('pat', 'fact.promote', { taskId, text: 'The port was 8080.' });
    room.act('pia', 'message.edit', { messageId, text: '9090' });
    expect(room.state.tasks).toMatchObject([{ status: 'answered', answer: '9090' }]);
    expect(texts(room)).toEqual([]);
    room.act('pat', 'fact.promote', { taskId, text: 'The port was 9090.' });
    room.act('mod', 'message.remove', { messageId });
    expect([texts(room), openTasks(room)]).toEqual([[], ['Which port?']]);
    expect(refusalOf(() => room.act('pat', 'fact.promote', { taskId, text: 'x' }))).toBe('conflict');
  });

  test('are dismissed, and not asked again', () => {
    const room = room2();
    const messageId = ask(room, 'help', 'I will.', { tasks: [{ kind: 'question', text: 'Which disk?' }] });
    const [task] = room.state.tasks;
    room.act('pat', 'task.dismiss', { taskId: task?.taskId });
    expect(room.act('pat', 'task.dismiss', { taskId: task?.taskId }).events).toEqual([]);
    ask(room, 'more', 'So.', { tasks: [{ kind: 'question', text: 'which disk' }] });
    expect(openTasks(room)).toEqual([]);
    // Who dismissed it made it theirs.
    room.act('mod', 'message.remove', { messageId });
    expect(room.state.tasks).toMatchObject([{ status: 'dismissed' }]);
  });

  test('keep their ids when they are worded anew, by id, then by text', () => {
    const room = room2();
    ask(room, 'help', 'I will.', { tasks: [{ kind: 'question', text: 'Which disk?' }] });
    const [task] = room.state.tasks;
    const { taskId } = task ?? {};
    const reworded = ask(room, 'more', 'So.', {
      tasks: [
        { kind: 'question', text: 'Which of the two disks?', taskId },
        { kind: 'question', text: 'Which disk' },
        { kind: 'question', text: 'Which server?' },
      ],
    });
    expect(room.state.tasks).toMatchObject([
      { taskId, text: 'Which of the two disks?' },
      { text: 'Which server?' },
    ]);
    room.act('mod', 'message.remove', { messageId: reworded });
    expect(room.state.tasks).toMatchObject([{ taskId, text: 'Which disk?' }]);
    expect(room.state.tasks).toHaveLength(1);
  });
});

test('[FA1] a version that there has not been is a conflict', () => {
  const room = room2();
  const { factId } = room.act('pat', 'fact.add', { text: 'one' }).result;
  expect(refusalOf(() => room.act('pat', 'fact.edit', { factId, text: 'two', ifVersion: 2 }))).toBe(
    'conflict',
  );
  expect(refusalOf(() => room.act('pat', 'fact.remove', { factId, ifVersion: 9 }))).toBe('conflict');
  expect(room.act('pat', 'fact.edit', { factId, text: 'two', ifVersion: 1 }).events).toHaveLength(1);
});

test('[FA8] a check may come to nothing; a question needs words', () => {
  const room = room2();
  const { taskId } = room.act('pat', 'task.add', { kind: 'check', text: 'grep oops log' }).result;
  room.act('pia', 'task.answer', { taskId, answer: ' \n' });
  expect(room.state.tasks).toMatchObject([{ status: 'answered', answer: '' }]);
  expect(room.act('pia', 'task.answer', { taskId, answer: '' }).events).toEqual([]);
  const question = room.act('pat', 'task.add', { kind: 'question', text: 'Which?' }).result;
  expect(refusalOf(() => room.act('pia', 'task.answer', { taskId: question.taskId, answer: '' }))).toBe(
    'invalid',
  );
});

describe('[FA9] a question asked in other words', () => {
  const question = (text: string) => ({ kind: 'question', text });

  test('is the open one, without its id too, and goes back with the message', () => {
    const room = room2();
    ask(room, 'help', 'I will.', { tasks: [question('When did you last restart the server?')] });
    const [task] = room.state.tasks;
    const again = ask(room, 'more', 'So.', {
      tasks: [
        question('When was the server last restarted?'),
        question('Where did you last restart the server?'),
      ],
    });
    expect(room.state.tasks).toMatchObject([
      { taskId: task?.taskId, text: 'When was the server last restarted?', cause: task?.cause },
      { text: 'Where did you last restart the server?' },
    ]);
    // Said anew by the next version, it goes back all the same.
    const anew = regenerate(room, again, 'So!', { tasks: [question('When was the server last restarted?')] });
    expect(openTasks(room)).toEqual(['When was the server last restarted?']);
    room.act('mod', 'message.remove', { messageId: anew });
    expect(room.state.tasks).toMatchObject([
      { taskId: task?.taskId, text: 'When did you last restart the server?' },
    ]);
    expect(room.state.tasks).toHaveLength(1);
  });

  test('is not asked when it was dismissed', () => {
    const room = room2();
    ask(room, 'help', 'I will.', { tasks: [question('When did you last restart the server?')] });
    room.act('pat', 'task.dismiss', { taskId: room.state.tasks[0]?.taskId });
    ask(room, 'more', 'So.', { tasks: [question('When was the server last restarted?')] });
    expect(openTasks(room)).toEqual([]);
  });

  test('or a fact, noted again by the next version, keeps its id, its block and its way back', () => {
    const room = room2();
    const first = ask(room, 'why?', 'It is full.', {
      facts: [fact('The disk is full.'), fact('It is old.')],
      tasks: [question('When did you last restart the server?')],
    });
    const [full] = room.state.facts;
    const [asked] = room.state.tasks;
    const { turnId } = room.act('pat', 'brief.refresh', {}).result;
    room.start(turnId, null);
    const operations = [
      { op: 'add_section', heading: 'Known', level: 2, new_id: 'known', blocks: [] },
      { op: 'append_block', section_id: 'known', text: 'Full.', rests_on: [full?.factId] },
    ];
    room.act('kibitz', 'turn.refresh', { turnId, basedOn: room.state.stateVersion, operations });
    const { document } = room.state.brief;
    const second = regenerate(room, first, 'Full!', {
      facts: [fact('the disk is FULL')],
      tasks: [question('When was the server last restarted?')],
    });
    expect(room.state.facts).toMatchObject([{ factId: full?.factId, cause: second }]);
    expect(room.state.tasks).toMatchObject([{ taskId: asked?.taskId, cause: second }]);
    expect(room.state.brief.document).toEqual(document);
    room.act('pat', 'reply.select', { messageId: first });
    expect(texts(room)).toEqual(['The disk is full.', 'It is old.']);
    expect(room.state.facts[0]).toMatchObject({ factId: full?.factId, cause: first });
    expect(room.state.tasks).toMatchObject([{ taskId: asked?.taskId, cause: first }]);
    room.act('pat', 'fact.edit', { factId: full?.factId, text: 'Mine.' });
    room.act('pat', 'reply.select', { messageId: second });
    expect(texts(room)).toEqual(['Mine.']);
    room.act('mod', 'message.remove', { messageId: second });
    expect([texts(room), openTasks(room)]).toEqual([['Mine.'], []]);
  });
});

describe('[FA10] a reply to what asked', () => {
  const question = (text: string) => ({ kind: 'question', text });

  test('answers the one open question, as long as it stands', () => {
    const room = room2();
    const asked = ask(room, 'help', 'Tell me.', {
      tasks: [question('Which disk?'), { kind: 'check', text: 'df' }],
    });
    const { messageId } = room.post('pia', 'The second.', asked);
    expect(room.state.tasks).toMatchObject([
      { status: 'answered', answer: 'The second.', answered: { messageId } },
      { status: 'open' },
    ]);
    room.post('pat', 'No, the first!', asked);
    expect(room.state.tasks[0]).toMatchObject({ answer: 'The second.' });
    room.act('mod', 'message.remove', { messageId });
    expect(room.state.tasks[0]).toMatchObject({ status: 'open' });
  });

  test('answers none of several', () => {
    const room = room2();
    const asked = ask(room, 'help', 'Tell me.', {
      tasks: [question('Which disk?'), question('Since when?')],
    });
    room.post('pia', 'The second.', asked);
    expect(room.state.tasks).toMatchObject([{ status: 'open' }, { status: 'open' }]);
  });
});

test('[FA11] what a person took away is not noted again; they may write it down again', () => {
  const room = room2();
  const first = ask(room, 'why?', 'It is full.', { facts: [fact('The disk is full.')] });
  room.act('pat', 'fact.remove', { factId: room.state.facts[0]?.factId });
  ask(room, 'sure?', 'Yes.', { facts: [fact('the disk is FULL'), fact('It is old.')] });
  expect(texts(room)).toEqual(['It is old.']);
  regenerate(room, first, 'Full!', { facts: [fact('The disk is full.')] });
  expect(texts(room)).toEqual(['It is old.']);
  room.act('pat', 'fact.add', { text: 'The disk is full.' });
  expect(texts(room)).toEqual(['It is old.', 'The disk is full.']);
  // What only left with its message may come again.
  const other = room2();
  const noted = ask(other, 'why?', 'It is full.', { facts: [fact('The disk is full.')] });
  other.act('mod', 'message.remove', { messageId: noted });
  ask(other, 'sure?', 'Yes.', { facts: [fact('The disk is full.')] });
  expect(texts(other)).toEqual(['The disk is full.']);
});

describe('[FA3] what a bot notes', () => {
  test('comes in the append of its reply, and leaves and returns with it', () => {
    const room = room2();
    const first = ask(room, 'why?', 'It is full.', {
      facts: [fact('The disk is full.')],
      tasks: [{ kind: 'check', text: 'df -h' }],
    });
    expect(room.log.at(-1)?.kind).toBe('turn.ended');
    expect(room.state.facts).toMatchObject([
      { cause: first, by: { type: 'bot', id: 'ada' }, status: 'suspected' },
    ]);
    const before = { facts: room.state.facts, tasks: room.state.tasks };
    regenerate(room, first, 'It is broken.', { facts: [fact('The disk is broken.')] });
    expect([texts(room), openTasks(room)]).toEqual([['The disk is broken.'], []]);
    room.act('pat', 'reply.select', { messageId: first });
    expect([texts(room), openTasks(room)]).toEqual([['The disk is full.'], ['df -h']]);
    // But for the count of changes they are as they were.
    const unversioned = (facts: typeof before.facts) => facts.map(({ stateVersion: _, ...rest }) => rest);
    expect(unversioned(room.state.facts)).toEqual(unversioned(before.facts));
    expect(room.state.tasks).toEqual(before.tasks);
  });

  test('is noted anew by the next version when it says the same', () => {
    const room = room2();
    const first = ask(room, 'why?', 'It is full.', { facts: [fact('The disk is full.')] });
    const second = regenerate(room, first, 'Full!', { facts: [fact('The disk is full')] });
    expect(room.state.facts).toMatchObject([{ cause: second }]);
    ask(room, 'sure?', 'Yes.', { facts: [fact('the DISK is full!')] });
    expect(room.state.facts).toHaveLength(1);
  });

  test('is a person’s once they edit or confirm it, and then survives', () => {
    const room = room2();
    const first = ask(room, 'why?', 'It is full.', { facts: [fact('one'), fact('two')] });
    const [one] = room.state.facts;
    room.act('pat', 'fact.edit', { factId: one?.factId, status: 'confirmed' });
    regenerate(room, first, 'Something else.');
    expect(room.state.facts).toMatchObject([{ text: 'one', status: 'confirmed' }]);
    room.act('pat', 'reply.select', { messageId: first });
    expect(texts(room)).toEqual(['one', 'two']);
    room.act('pat', 'fact.remove', { factId: room.state.facts[1]?.factId });
    room.act('pat', 'fact.add', { text: 'three' });
    room.act('mod', 'message.remove', { messageId: first });
    expect(texts(room)).toEqual(['one', 'three']);
  });

  test('counts also where it was not asked for', () => {
    const room = testRoom();
    ask(room, 'why?', 'It is full.', { facts: [fact('The disk is full.')] });
    expect(texts(room)).toEqual(['The disk is full.']);
  });
});

describe('[BR1] a block of the brief', () => {
  const withBrief = () => {
    const room = room2();
    const messageId = ask(room, 'why?', 'It is full.', { facts: [fact('one'), fact('two')] });
    const [one, two] = room.state.facts.map(({ factId }) => factId);
    const { turnId } = room.act('pat', 'brief.refresh', {}).result;
    room.start(turnId, null);
    room.act('kibitz', 'turn.refresh', {
      turnId,
      basedOn: room.state.stateVersion,
      operations: [
        { op: 'add_section', heading: 'Known', level: 2, new_id: 'known', blocks: [] },
        { op: 'append_block', section_id: 'known', text: 'First.', rests_on: [one] },
        { op: 'append_block', section_id: 'known', text: 'Both.', rests_on: [one, two] },
        { op: 'append_block', section_id: 'known', text: 'Talk.', rests_on: [messageId] },
        { op: 'append_block', section_id: 'known', text: 'Invented.', rests_on: ['nothing'] },
        { op: 'append_block', section_id: 'known', text: 'first' },
        { op: 'remove_section', section_id: 'elsewhere' },
      ],
    });
    return { room, messageId, one, two };
  };
  const blocks = (room: TestRoom) => room.state.brief.document.sections.flatMap(({ blocks: all }) => all);
  const said = (room: TestRoom) => blocks(room).map(({ text }) => text);

  test('rests on facts and messages that there are; what cannot be applied is told with the reason', () => {
    const { room } = withBrief();
    expect(said(room)).toEqual(['First.', 'Both.', 'Talk.']);
    expect(room.state.brief).toMatchObject({ revision: 1, basedOn: 2, refreshed: { revision: 1 } });
    expect(room.state.brief.refreshed?.skipped.map(({ reason }) => reason)).toEqual([
      'rests on nothing that is known',
      expect.stringMatching(/says this already/),
      'unknown section_id: elsewhere',
    ]);
    expect(room.state.turns).toEqual([]);
  });

  test('is marked when some of that is gone, goes when all of it is, and comes back with it', () => {
    const { room, messageId, one, two } = withBrief();
    const before = room.state.brief.document;
    room.act('pat', 'fact.remove', { factId: one });
    expect(said(room)).toEqual(['Both.', 'Talk.']);
    expect(blocks(room)[0]).toMatchObject({ rests: [one, two], gone: [one] });
    regenerate(room, messageId, 'Something else.');
    expect(said(room)).toEqual([]);
    expect(room.state.brief.document.sections).toMatchObject([{ heading: 'Known', blocks: [] }]);
    room.act('pat', 'reply.select', { messageId });
    expect(said(room)).toEqual(['Both.', 'Talk.']);
    const { room: other, messageId: reply } = withBrief();
    regenerate(other, reply, 'Something else.');
    other.act('pat', 'reply.select', { messageId: reply });
    expect(other.state.brief.document.sections.map(({ blocks: all }) => all.map(({ text }) => text))).toEqual(
      before.sections.map(({ blocks: all }) => all.map(({ text }) => text)),
    );
  });

  test('that a person writes anew is theirs, and stays', () => {
    const { room, one } = withBrief();
    const [first] = blocks(room);
    const operations = [{ op: 'replace_block', section_id: 'known', block_id: first?.id, text: 'Mine.' }];
    const { result } = room.act('pia', 'brief.apply', { operations, ifRevision: 1 });
    expect(result).toMatchObject({ revision: 2, applied: [{ op: 'replace_block' }], skipped: [] });
    room.act('pat', 'fact.remove', { factId: one });
    expect(said(room)).toContain('Mine.');
    expect(refusalOf(() => room.act('pia', 'brief.apply', { operations, ifRevision: 1 }))).toBe('conflict');
    const nothing = room.act('pia', 'brief.apply', { operations: [{ op: 'remove_block' }, 'x', null] });
    expect(nothing.events).toEqual([]);
    expect(nothing.result.skipped).toHaveLength(3);
  });
});

test('[BR1] an empty brief begins with Markdown; one that says something does not', () => {
  const room = room2();
  const markdown = 'Before.\n\n## Known\n\n- one\n- two\n\n```sh\n# not a heading\n```\n';
  const { result } = room.act('pat', 'brief.apply', { markdown });
  expect(result.document.sections).toMatchObject([
    { heading: '', blocks: [{ text: 'Before.' }] },
    { heading: 'Known', blocks: [{ text: '- one\n- two' }, { text: '```sh\n# not a heading\n```' }] },
  ]);
  expect(room.state.brief.revision).toBe(1);
  expect(refusalOf(() => room.act('pat', 'brief.apply', { markdown: 'x' }))).toBe('conflict');
});

test('[BR2] one refresh waits at most; by itself it is wanted only where something has changed and nothing goes on', () => {
  const room = room2();
  expect(room.act({ type: 'system', id: 'kibitz' }, 'brief.keep', {}).events).toEqual([]);
  room.act('pat', 'fact.add', { text: 'one' });
  const kept = room.act({ type: 'system', id: 'kibitz' }, 'brief.keep', {}).result.turnId;
  expect(room.act('pat', 'brief.refresh', {}).result.turnId).toBe(kept);
  expect(room.act({ type: 'system', id: 'kibitz' }, 'brief.keep', {}).events).toEqual([]);
  room.start(kept ?? '', null);
  expect(room.act('pat', 'brief.refresh', {}).events).toHaveLength(1);
});

describe('whatever happens in a room', () => {
  test('[FA4] the state version rises by exactly one with each change of a fact, and with nothing else', () => {
    fc.assert(
      fc.property(intents(), (plan) => {
        let version = 0;
        for (const { kind, data } of play(plan).log) {
          if (!kind.startsWith('fact.')) continue;
          version += 1;
          expect((data as { stateVersion: number }).stateVersion).toBe(version);
        }
      }),
      runs(300),
    );
  });

  test('[FA5] facts and tasks with a cause are those that follow from messages that stand', () => {
    fc.assert(
      fc.property(intents(), (plan) => {
        const { state, standing, timeline } = play(plan);
        const there = new Set(timeline.map(({ messageId }) => messageId));
        for (const { cause } of [...state.facts, ...state.tasks]) {
          if (cause !== undefined) expect(there).toContain(cause);
        }
        const facts = standing.flatMap((one) => (one.kind === 'fact' ? [one.fact.factId] : []));
        expect(
          new Set(state.facts.flatMap(({ factId, cause }) => (cause === undefined ? [] : [factId]))),
        ).toEqual(new Set(facts));
        const places = state.facts.map(({ place }) => place);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }),
      runs(300),
    );
  });

  test('[BR3] no block of the brief rests on nothing but what is gone, and none is lost', () => {
    fc.assert(
      fc.property(intents(), (plan) => {
        const { state } = play(plan);
        const gone = (block: { rests?: string[] | undefined; gone?: string[] | undefined }) =>
          (block.rests?.length ?? 0) > 0 && block.gone?.length === block.rests?.length;
        for (const { blocks } of state.brief.document.sections) expect(blocks.filter(gone)).toEqual([]);
        for (const { block } of state.brief.aside) expect(gone(block)).toBe(true);
      }),
      runs(300),
    );
  });
});
