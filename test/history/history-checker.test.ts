import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LoggedEvent } from '../../src/domain/event.ts';
import type { History, Reading } from '../support/history/history.ts';
import { checkHistory } from '../support/history-checker.ts';
import { intents, play } from '../support/room-commands.ts';
import { runs } from '../support/runs.ts';
import { type TestRoom, testRoom } from '../support/test-room.ts';
import { validHistory } from './valid-history.ts';

const broken = (history: History) =>
  new Set(checkHistory(history).violations.map(({ invariant }) => invariant));

/** A room in which Pat asked, Ada answered, and Pat said one more thing. */
function smallRoom(): TestRoom {
  const room = testRoom({});
  const turnId = room.post('own', 'What now?').turnId ?? '';
  room.act(system, 'turn.start', { turnId, addressee: onlyAda });
  const reply = {
    messageId: 'reply1',
    author: { type: 'bot', id: 'ada', name: 'Ada' },
    text: 'This, then that.',
  };
  room.act(system, 'turn.finish', { turnId, outcome: 'completed', reply });
  room.post('own', 'Thanks');
  return room;
}
const system = { type: 'system' as const, id: 'kibitz' };
const onlyAda = { botId: 'ada', by: 'only', confidence: 'high', reason: 'only Ada is here' };

const small = (): History => validHistory(smallRoom().log, 0);
const live = (offset: number, text: string, gen = 0): Reading => ({
  type: 'live',
  turnId: 't',
  messageId: 'reply1',
  gen,
  offset,
  text,
});

/** The history with another log, as every process reads it. */
const withLog = (history: History, events: LoggedEvent[]): History => ({
  ...history,
  logs: history.logs.map((reading) => ({ ...reading, events })),
});
const renumbered = (events: readonly LoggedEvent[]) =>
  events.map((event, index) => ({ ...event, seq: index + 1 }));
const logOf = ({ logs }: History) => [...(logs[0]?.events ?? [])];
const without = (log: readonly LoggedEvent[], seq: number) => log.filter((event) => event.seq !== seq);
const readingsOf = (history: History) => history.tabs[0]?.readings ?? [];

test('[HC1] a history in which everything held has no violation, whatever people did', () => {
  fc.assert(
    fc.property(intents(), fc.nat(), (plan, joinsAt) => {
      expect(checkHistory(validHistory(play(plan).log, joinsAt)).violations).toEqual([]);
    }),
    runs(100),
  );
});

test('[HC2] a log that lost, doubled or swapped events afterwards is found, whichever they are', () => {
  fc.assert(
    fc.property(intents(), fc.nat(), fc.nat(), (plan, joinsAt, pick) => {
      const history = validHistory(play(plan).log, joinsAt);
      const log = logOf(history);
      const seq = 1 + (pick % (log.length - 1));
      const [one, other] = [log[seq - 1] as LoggedEvent, log[seq] as LoggedEvent];
      const changed = [
        without(log, seq),
        renumbered(without(log, seq)),
        renumbered([...log.slice(0, seq), one, ...log.slice(seq)]),
        [...log.slice(0, seq - 1), { ...other, seq }, { ...one, seq: seq + 1 }, ...log.slice(seq + 1)],
      ];
      for (const events of changed) expect(broken(withLog(history, events))).not.toEqual(new Set());
    }),
    runs(100),
  );
});

test('[HC2] a tab that was not told, was told twice or out of order what it shows is found', () => {
  fc.assert(
    fc.property(intents(), fc.nat(), (plan, pick) => {
      const history = validHistory(play(plan).log, 0);
      const readings = readingsOf(history);
      const place = pick % (readings.length - 2);
      const [reading] = [readings[place] as Reading];
      const lost = readings.filter((_, index) => index !== place);
      const swapped = readings.with(place, readings[place + 2] as Reading).with(place + 2, reading);
      const doubled = [...readings.slice(0, place), reading, ...readings.slice(place)];
      const changed = reading.type === 'shown' ? [lost, swapped, doubled] : [lost];
      for (const wrong of changed) {
        const tabs = history.tabs.map((tab, index) => (index === 0 ? { ...tab, readings: wrong } : tab));
        expect(broken({ ...history, tabs })).toContain('I3');
      }
    }),
    runs(100),
  );
});

describe('[HC3] each invariant is found broken by itself', () => {
  test('the small history holds', () => {
    expect(checkHistory(small())).toMatchObject({ violations: [] });
    expect(checkHistory(small()).checked.I1).toBe(4);
  });

  test('I1: an acknowledged message is not in the log, or says something else', () => {
    const history = { ...small(), tabs: [] };
    const gone = {
      ...history,
      commands: history.commands.map((one) => ({ ...one, args: { text: 'Other' } })),
    };
    expect(broken(gone)).toEqual(new Set(['I1']));
    // The last message, the turn that it queued, and that one's end.
    const lost = logOf(history).slice(0, -3);
    expect(checkHistory(withLog(history, lost)).violations[0]?.sentence).toBe(
      `own's message.post was acknowledged with seq ${lost.length + 1}, but the log of ${lost.length} events has no such event.`,
    );
  });

  test('I2: a log with a hole, two readings that differ, an event that changed after it was told', () => {
    const history = { ...small(), commands: [] };
    const log = logOf(history);
    expect(broken({ ...withLog(history, without(log, 3)), tabs: [] })).toEqual(new Set(['I2']));
    const [first, second] = history.logs;
    if (first === undefined || second === undefined) throw new Error('no readings');
    expect(broken({ ...history, logs: [first, { ...second, events: log.slice(0, -1) }] })).toEqual(
      new Set(['I2']),
    );
    const readings = readingsOf(history).map(
      (reading): Reading =>
        reading.type === 'event' && reading.event.seq === 4
          ? { ...reading, event: { ...reading.event, at: '2026-01-01T00:00:00.000Z' } }
          : reading,
    );
    const tabs = history.tabs.map((tab) => ({ ...tab, readings }));
    expect(broken({ ...history, tabs })).toEqual(new Set(['I2']));
  });

  test('I3: a tab that goes back, skips, shows another room than the log makes, or stays behind', () => {
    const history = small();
    const [tab] = history.tabs;
    if (tab?.final === undefined) throw new Error('no tab');
    const { readings, final } = tab;
    const snapshot = validHistory(smallRoom().log, 3).tabs[1]?.readings[0] as Reading;
    const other = { ...final.state, room: { ...final.state.room, title: 'Another' } };
    const wrong = [
      { ...tab, readings: [...readings, snapshot] },
      { ...tab, readings: readings.slice(2) },
      { ...tab, readings: readings.filter(({ type }) => type !== 'event') },
      { ...tab, final: { ...final, state: other } },
      { ...tab, readings: readings.slice(0, -2), final: { ...final, state: { ...final.state, seq: 3 } } },
      { ...tab, final: { ...final, state: { ...final.state, messages: final.state.messages.slice(0, 1) } } },
    ];
    for (const one of wrong) expect(broken({ ...history, tabs: [one] })).toEqual(new Set(['I3']));
  });

  test('I4: two answers to one command, two effects, an effect of what was refused', () => {
    const history = { ...small(), tabs: [] };
    const [command] = history.commands;
    const [attempt] = command?.attempts ?? [];
    if (command === undefined || attempt?.outcome.type !== 'ok') throw new Error('no command');
    const { result } = attempt.outcome;
    const otherwise = { ...attempt, outcome: { ...attempt.outcome, result: { ...result, turnId: 'other' } } };
    expect(broken({ ...history, commands: [{ ...command, attempts: [attempt, otherwise] }] })).toEqual(
      new Set(['I4']),
    );
    const log = logOf(history);
    const again = log.find((event) => event.seq === result.seq) as LoggedEvent;
    const posted = again.kind === 'message.posted' ? again : (log[(result.seq ?? 1) - 2] as LoggedEvent);
    expect(broken(withLog(history, renumbered([...log, posted])))).toContain('I4');
    const refusal = { type: 'failed' as const, error: { code: 'forbidden' as const, message: 'No.' } };
    const refused = { ...command, attempts: [{ ...attempt, outcome: refusal }] };
    expect(broken({ ...history, commands: [refused] })).toEqual(new Set(['I4']));
    const busy = { type: 'failed' as const, error: { code: 'unavailable' as const, message: 'Later.' } };
    const unknown = { ...command, attempts: [{ ...attempt, outcome: busy }] };
    expect(broken({ ...history, commands: [unknown] })).toEqual(new Set());
  });

  test.each([
    ['two turns run at once', ['turn.queued', 'turn.started', 'turn.queued', 'turn.started']],
    ['a turn ends twice', ['turn.queued', 'turn.ended', 'turn.ended']],
    ['a turn never ends', ['turn.queued']],
    ['a turn starts that was not queued', ['turn.started', 'turn.ended']],
    ['a turn starts twice', ['turn.queued', 'turn.started', 'turn.ended', 'turn.started']],
  ])('I5: %s', (_, kinds) => {
    let turn = 0;
    const events = kinds.map((kind, index): LoggedEvent => {
      turn += kind === 'turn.queued' ? 1 : 0;
      const data = {
        'turn.queued': { by: 'own', trigger: { messageId: 'm' } },
        'turn.started': { addressee: onlyAda },
      };
      return {
        roomId: 'room2',
        seq: index + 1,
        kind,
        at: '2026-01-01T00:00:00.000Z',
        actor: system,
        turnId: `t${turn}`,
        data: data[kind as keyof typeof data] ?? { outcome: 'completed' },
      };
    });
    const log = { by: 'one', roomId: 'room2', epoch: 'e1', events };
    expect(broken({ commands: [], tabs: [], processes: [], logs: [log] })).toEqual(new Set(['I5']));
  });

  test('I5: words that the reply does not have, or that stay as being written after its end', () => {
    const history = small();
    const [tab] = history.tabs;
    if (tab?.final === undefined) throw new Error('no tab');
    const { final } = tab;
    const judged = (...said: Reading[]) =>
      broken({ ...history, tabs: [{ ...tab, readings: [...tab.readings, ...said] }] });
    expect(judged(live(0, 'This'), live(4, ', then'))).toEqual(new Set());
    expect(judged(live(0, 'That'))).toEqual(new Set(['I5']));
    expect(judged(live(3, ', then'))).toEqual(new Set(['I5']));
    expect(judged(live(0, 'This, then that. And more'))).toEqual(new Set(['I5']));
    // Another model took over: what the first one said is void.
    expect(judged(live(0, 'Tha'), live(0, 'This', 1))).toEqual(new Set());
    expect(judged({ type: 'settled', messageId: 'reply1', gen: 0, text: 'This, thenn' })).toEqual(
      new Set(['I5']),
    );
    const draft = { turnId: 't', messageId: 'reply1', botId: 'ada', gen: 0, text: 'This' };
    const leftover = { ...tab, final: { ...final, drafts: [draft] } };
    expect(broken({ ...history, tabs: [leftover] })).toEqual(new Set(['I5']));
  });

  test('I6: a process that is not ready in the end, or took too much memory', () => {
    const process = (samples: History['processes'][number]['samples']) => ({
      ...small(),
      processes: [{ url: 'one', isMeantToBeUp: true, samples }],
    });
    expect(
      broken(
        process([
          { at: 0, isReady: false },
          { at: 1, isReady: true },
        ]),
      ),
    ).toEqual(new Set());
    expect(
      broken(
        process([
          { at: 0, isReady: true },
          { at: 1, isReady: false },
        ]),
      ),
    ).toEqual(new Set(['I6']));
    expect(broken(process([]))).toEqual(new Set(['I6']));
    expect(broken(process([{ at: 0, isReady: true, residentBytes: 2 ** 31 }]))).toEqual(new Set(['I6']));
  });
});
