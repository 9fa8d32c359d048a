import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isKnown, type LoggedEvent, parseEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { limits } from '../../src/domain/limits.ts';
import { atLeast } from '../../src/domain/roles.ts';
import { findMember, initialState, type RoomState, roomStateSchema } from '../../src/domain/room-state.ts';
import { snapshotOf, snapshotSchema, stateOf } from '../../src/protocol/snapshot.ts';
import { deepFreeze } from '../support/deep-freeze.ts';
import { intents, type Played, play, type Step } from '../support/room-commands.ts';
import { runs } from '../support/runs.ts';

const fold = (log: readonly LoggedEvent[], from: RoomState = initialState('room1')) =>
  log.reduce(evolve, from);
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Checks a property of whatever people, bots and the turn runner do in a room. */
function always(check: (played: Played) => void): void {
  fc.assert(
    fc.property(intents(), (plan) => check(play(plan))),
    runs(300),
  );
}

describe('whatever happens in a room', () => {
  test('[EV1] its log counts 1, 2, 3 …, and the fold refuses every other order', () => {
    always(({ log, state }) => {
      expect(log.map((event) => event.seq)).toEqual(log.map((_, index) => index + 1));
      for (const seq of [-1, 0, 2, 7]) {
        const last = log.at(-1) as LoggedEvent;
        expect(() => evolve(state, { ...last, seq: state.seq + seq })).toThrow('no gaps');
      }
    });
  });

  test('[EV2] its log folded anew is its state, from JSON as well', () => {
    always(({ log, state }) => {
      expect(fold(log)).toEqual(state);
      expect(fold(log.map((event) => parseEvent(throughJson(event))))).toEqual(state);
    });
  });

  test('[EV2] the fold changes neither the state nor the event it was given', () => {
    always(({ log, state }) => {
      const frozen = log.reduce(
        (before, event) => deepFreeze(evolve(before, deepFreeze(event))),
        deepFreeze(initialState('room1')),
      );
      expect(frozen).toEqual(state);
    });
  });

  test('[EV3] events of unknown kinds move `seq` and nothing else', () => {
    always(({ log }) => {
      let state = initialState('room1');
      for (const event of log) {
        const next = evolve(state, event);
        if (!isKnown(event)) expect(next).toEqual({ ...state, seq: state.seq + 1 });
        state = next;
      }
    });
  });

  test('[EV6] every event survives JSON and parsing unchanged', () => {
    always(({ log }) => {
      for (const event of log) expect(parseEvent(throughJson(event))).toStrictEqual(event);
    });
  });

  test('[EV7] a snapshot at any place and the events after it make the same state', () => {
    always(({ log, state }) => {
      const half = Math.floor(log.length / 2);
      // Who was sent away, and which facts are gone, is the server's to know: a tab folds without it.
      const shown = (whole: RoomState) => ({
        ...whole,
        ...{ removed: [], goneFacts: [], refusedFacts: [], touchedBots: [] },
      });
      const at = fold(log.slice(0, half));
      const snapshot = snapshotSchema.parse(throughJson(snapshotOf(at)));
      expect(stateOf(snapshot, half)).toEqual(shown(at));
      expect(shown(fold(log.slice(half), stateOf(snapshot, half)))).toEqual(shown(state));
      expect(roomStateSchema.parse(throughJson(state))).toEqual(state);
    });
  });

  test('[CM1] a refusal has a code meant for the caller, never `internal`', () => {
    always(({ steps }) => {
      const codes = ['forbidden', 'not_found', 'conflict', 'invalid'];
      for (const { refused } of steps) if (refused !== undefined) expect(codes).toContain(refused);
    });
  });

  test('[PM1] [PM2] spectators and strangers write nothing, but for coming in and leaving', () => {
    const internal = ['turn.start', 'turn.say', 'turn.settle', 'turn.finish', 'turn.refresh', 'brief.keep'];
    const comesOrGoes = ({ intent, decided }: Step) =>
      intent.what === 'member.join' ||
      (intent.what === 'member.remove' && decided.every(({ kind }) => kind === 'member.left'));
    always(({ steps }) => {
      for (const step of steps) {
        const role = findMember(step.before, step.actor.id)?.role;
        if (role !== undefined && atLeast(role, 'participant')) continue;
        if (internal.includes(step.intent.what)) continue;
        if (comesOrGoes(step)) continue;
        expect(step.decided).toEqual([]);
        expect(step.refused).toBe(role === undefined ? 'not_found' : 'forbidden');
      }
    });
  });

  test('[PM6] the owner stays, and nobody becomes one', () => {
    always(({ state }) => {
      const owners = state.members.filter((member) => member.role === 'owner');
      expect(owners.map(({ userId }) => userId)).toEqual(['own']);
    });
  });

  test('[CM8] a room with bots has exactly one host', () => {
    always(({ state }) => {
      expect(state.bots.filter((bot) => bot.role === 'host')).toHaveLength(Math.min(1, state.bots.length));
      expect(new Set(state.bots.map((bot) => bot.botId)).size).toBe(state.bots.length);
    });
  });

  test('[CM16] at most one turn runs', () => {
    always(({ steps, state }) => {
      for (const each of [...steps.map((step) => step.before), state]) {
        expect(each.turns.filter((turn) => turn.status === 'running').length).toBeLessThanOrEqual(1);
      }
    });
  });

  test('[CM17] a queued turn starts at most once, ends at most once, and does nothing after its end', () => {
    always(({ log, state }) => {
      const turnIds = log.filter((event) => event.kind === 'turn.queued').map((event) => event.turnId);
      expect(new Set(turnIds).size).toBe(turnIds.length);
      for (const turnId of turnIds) {
        const story = log.filter((event) => event.turnId === turnId).map((event) => event.kind);
        expect(story.join(' ')).toMatch(
          /^turn\.queued( turn\.started)?( message\.(posted|replaced)| brief\.revised)*( turn\.ended)?$/,
        );
        expect(story.includes('turn.ended')).toBe(!state.turns.some((turn) => turn.turnId === turnId));
      }
    });
  });

  test('[CM11] a message is answered by one turn at a time: no two waiting turns have one trigger', () => {
    always(({ state }) => {
      const triggers = state.turns
        .filter((turn) => turn.status === 'queued')
        .map((turn) => JSON.stringify(turn.trigger));
      expect(new Set(triggers).size).toBe(triggers.length);
    });
  });

  test('[EV9] messages on the timeline have ids and places of their own, in order', () => {
    always(({ timeline }) => {
      expect(new Set(timeline.map((message) => message.messageId)).size).toBe(timeline.length);
      const places = timeline.map((message) => message.seq);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    });
  });
});

test('[EV8] whatever is taken away and brought back, a state holds the end of the timeline', () => {
  fc.assert(
    fc.property(intents(100, 300), (plan) => {
      const busy = plan.map((step) =>
        step.pick % 3 === 0 ? { ...step, who: 'own', what: 'message.post' as const } : step,
      );
      const { timeline, state } = play(busy);
      expect(state.messages).toEqual(timeline.slice(timeline.length - state.messages.length));
    }),
    { numRuns: 10 },
  );
});

test('[EV8] a state holds the latest 100 messages of the timeline, and these only', () => {
  fc.assert(
    fc.property(intents(300, 420), (plan) => {
      // Everybody writes and nothing is taken away, so that the window overflows.
      const takes = /^(message\.remove|history)/;
      const eager = plan.map((step) =>
        step.pick % 2 === 0 || takes.test(step.what)
          ? { ...step, who: 'own', what: 'message.post' as const }
          : step,
      );
      const { timeline, state } = play(eager);
      expect(timeline.length).toBeGreaterThan(limits.window);
      expect(state.messages).toEqual(timeline.slice(-limits.window));
    }),
    { numRuns: 4 },
  );
});
