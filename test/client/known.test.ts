import { describe, expect, it } from 'vitest';
import { changesIn, editOf, factInConflict, standingOf, wordsToSend } from '../../client/src/store/facts.ts';
import {
  failedRefresh,
  holdsKnown,
  notedBy,
  refreshTurn,
  showsKnown,
  sinceRefresh,
} from '../../client/src/store/known.ts';
import { actorName } from '../../client/src/store/selectors.ts';
import { factFrom, isOutdated, listedTasks, openTasks, taskAt } from '../../client/src/store/tasks.ts';
import type { NewEvent } from '../../src/domain/event.ts';
import type { Fact } from '../../src/domain/fact.ts';
import { KibitzError } from '../../src/lib/errors.ts';
import { asked, bot, ended, liveAt, logOf, opening, settingsChanged, user } from './room-log.ts';

const base = { status: 'suspected' as const, source: { type: 'user_note' as const, ref: null } };
let version = 0;

function fact(kind: 'fact.added' | 'fact.edited' | 'fact.removed', factId: string, more: object = {}) {
  version += 1;
  const data = { factId, text: `text of ${factId}`, summary: '', ...base, stateVersion: version, ...more };
  return { kind, actor: user, data } satisfies NewEvent;
}
function task(taskId: string, kind: 'question' | 'check' = 'question'): NewEvent {
  return { kind: 'task.added', actor: bot, cause: 'q', data: { taskId, kind, text: `${taskId}?` } };
}
function answered(taskId: string, kind: 'question' | 'check' = 'question', cause?: string): NewEvent {
  const data = { taskId, kind, text: `${taskId}?`, answer: 'because' };
  return { kind: 'task.answered', actor: user, data, ...(cause === undefined ? {} : { cause }) };
}
const dismissed = (taskId: string): NewEvent => ({
  kind: 'task.dismissed',
  actor: user,
  data: { taskId, kind: 'question', text: `${taskId}?` },
});

function roomOf(events: readonly NewEvent[]) {
  const log = logOf([...opening, ...events]);
  return liveAt(log, log.length);
}
function freshFacts(...events: (() => NewEvent)[]): NewEvent[] {
  version = 0;
  return events.map((make) => make());
}

describe('the place for what is known', () => {
  it('is there where the room notes it, or where there is something', () => {
    expect(showsKnown(roomOf([]))).toBe(false);
    expect(showsKnown(roomOf([settingsChanged({ facts: true })]))).toBe(true);
    expect(showsKnown(roomOf(freshFacts(() => fact('fact.added', 'a'))))).toBe(true);
    const putAside = roomOf([task('t'), dismissed('t')]);
    expect(showsKnown(putAside)).toBe(false);
    expect(holdsKnown(putAside.state)).toBe(false);
  });

  it('says who did what by name', () => {
    const room = roomOf([]);
    const names = [user, bot, { type: 'system' as const, id: 'x' }, { type: 'user' as const, id: 'gone' }];
    expect(names.map((actor) => actorName(room, actor))).toEqual(['you', 'Kib', 'Kibitz', 'somebody']);
  });
});

describe('a fact being edited while others change it', () => {
  const first = roomOf(freshFacts(() => fact('fact.added', 'a'))).state.facts[0] as Fact;
  const edit = { ...editOf(first), text: 'mine' };

  it('is open as long as its words are those that the editing began with', () => {
    expect(standingOf(edit, first)).toEqual({ is: 'open', version: 1 });
    const confirmed = { ...first, status: 'confirmed' as const, stateVersion: 2 };
    expect(standingOf(edit, confirmed)).toEqual({ is: 'open', version: 2 });
    expect(standingOf(edit, { ...first, text: 'mine', stateVersion: 3 })).toEqual({ is: 'open', version: 3 });
  });

  it('shows the newest of theirs, whether the log or the refusal told it', () => {
    const theirs = { ...first, text: 'theirs', stateVersion: 4 };
    expect(standingOf(edit, theirs)).toEqual({ is: 'changed', theirs });
    expect(standingOf({ ...edit, told: theirs }, first)).toEqual({ is: 'changed', theirs });
    const newer = { ...theirs, text: 'newer', stateVersion: 5 };
    expect(standingOf({ ...edit, told: theirs }, newer)).toEqual({ is: 'changed', theirs: newer });
    expect(standingOf({ ...edit, told: theirs }, undefined)).toEqual({ is: 'gone' });
  });

  it('sends what differs and nothing else', () => {
    expect(changesIn({ text: ' mine ', summary: '' }, first)).toEqual({ text: 'mine' });
    expect(changesIn(editOf(first), first)).toEqual({});
    expect(changesIn({ text: first.text, summary: 'seen' }, first)).toEqual({ summary: 'seen' });
    expect(wordsToSend({ text: ' a ', summary: '  ' })).toEqual({ text: 'a' });
  });

  it('reads the fact that a conflict tells, and nothing into another error', () => {
    expect(factInConflict(new KibitzError('conflict', '', { fact: first }))).toEqual(first);
    expect(factInConflict(new KibitzError('conflict', '', { fact: {} }))).toBeUndefined();
    expect(factInConflict(new KibitzError('forbidden', '', { fact: first }))).toBeUndefined();
    expect(factInConflict(new Error('x'))).toBeUndefined();
  });
});

describe('questions and checks', () => {
  const room = roomOf([
    task('a'),
    task('b'),
    task('c', 'check'),
    task('d'),
    answered('c', 'check'),
    answered('a', 'question', 'm'),
    dismissed('d'),
  ]);
  const ids = (edits: Parameters<typeof listedTasks>[1] = {}) => {
    const { open, answered } = listedTasks(room.state.tasks, edits);
    return [open, answered].map((list) => list.map(({ taskId }) => taskId));
  };

  it('are listed open first, then the latest answered; those dismissed are not', () => {
    expect(ids()).toEqual([['b'], ['a', 'c']]);
    expect(openTasks(room.state.tasks)).toHaveLength(1);
  });

  it('stay where somebody began to answer them here, whatever others do', () => {
    expect(ids({ a: { text: 'I' }, d: { text: 'was' } })).toEqual([['a', 'b', 'd'], ['c']]);
    expect(ids({ a: { text: 'I', base: 'because' } })).toEqual([['b'], ['a', 'c']]);
  });

  it('lead to the fact made of their answer, and tell when that is older than the answer', () => {
    const source = { type: 'question' as const, ref: 'a' };
    const before = [task('a'), answered('a')];
    const made = freshFacts(() => fact('fact.added', 'f', { source }));
    const promoted = roomOf([...before, ...made]);
    const then = factFrom(promoted.state.facts, 'a') as Fact;
    const of = taskAt(promoted, 'a');
    expect(then.factId).toBe('f');
    expect(of && isOutdated(then, of)).toBe(false);
    const anew = taskAt(roomOf([...before, ...made, answered('a')]), 'a');
    expect(anew && isOutdated(then, anew)).toBe(true);
  });
});

describe('what a message gave rise to', () => {
  it('is counted in words and leads to the first of it', () => {
    const room = roomOf([
      ...asked('q', 't'),
      ...freshFacts(
        () => ({ ...fact('fact.added', 'a'), cause: 'q' }),
        () => ({ ...fact('fact.added', 'b'), cause: 'q' }),
      ),
      task('x'),
      task('y', 'check'),
      task('z'),
      answered('z', 'question', 'm'),
    ]);
    expect(notedBy(room, 'q')).toEqual({
      words: 'noted 2 facts · asked 1 question · proposed 1 check',
      at: 'f-a',
    });
    expect(notedBy(room, 'm')).toEqual({ words: 'answered 1 question', at: 't-z' });
    expect(notedBy(room, 'other')).toBeUndefined();
  });
});

describe('the brief and what has changed since', () => {
  const document = { version: 2 as const, sections: [] };
  const refreshed = (basedOn: number): NewEvent => ({
    kind: 'brief.revised',
    actor: bot,
    data: { revision: 1, applied: [], skipped: [], document, basedOn, reason: 'refresh' },
  });
  const queued: NewEvent = {
    kind: 'turn.queued',
    actor: user,
    turnId: 'r',
    data: { by: 'ann', trigger: { refresh: 'brief' } },
  };

  it('counts the facts that changed, and says so where they only went', () => {
    const facts = freshFacts(
      () => fact('fact.added', 'a'),
      () => fact('fact.added', 'b'),
      () => fact('fact.edited', 'b', { text: 'b anew' }),
    );
    const words = (...events: NewEvent[]) => sinceRefresh(roomOf([...facts, ...events]).state);
    expect(words(refreshed(3))).toBe('');
    expect(words(refreshed(2))).toMatch(/^1 fact changed/);
    expect(words(refreshed(0))).toMatch(/^2 facts changed/);
    expect(words(refreshed(3), fact('fact.removed', 'a'))).toMatch(/^Facts were removed/);
  });

  it('is seen being refreshed, and failing at that until it is tried again', () => {
    const waiting = roomOf([queued]);
    expect(refreshTurn(waiting)?.status).toBe('queued');
    const failed = roomOf([queued, ended('r', 'failed', 'No model answers.')]);
    expect(refreshTurn(failed)).toBeUndefined();
    expect(failedRefresh(failed)?.error).toBe('No model answers.');
    expect(failedRefresh(roomOf([queued, ended('r', 'failed'), queued]))).toBeUndefined();
  });
});
