import { expect, test } from 'vitest';
import type { EventListener, EventLog } from '../../src/eventlog/event-log.ts';
import type { CommandRequest } from '../../src/eventlog/handle-command.ts';
import { keepBriefs } from '../../src/turns/keep-brief.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createRecordedLog } from '../support/silent-log.ts';

/** A log that tells its listeners what a test says, and remembers what it is asked to do. */
function setUp() {
  const clock = createManualClock();
  const handled: CommandRequest[] = [];
  let listener: EventListener = () => {};
  const eventLog = {
    subscribe(added: EventListener) {
      listener = added;
      return () => {
        listener = () => {};
      };
    },
    handle: async (request: CommandRequest) => {
      handled.push(request);
      return {};
    },
  } as unknown as EventLog;
  const keeper = keepBriefs({ eventLog, clock, log: createRecordedLog() });
  const happens = (roomId: string, kind: string) =>
    listener(
      roomId,
      [{ roomId, seq: 1, kind, at: '', actor: { type: 'system', id: 'x' }, data: {} }],
      'here',
    );
  return { clock, handled, keeper, happens };
}

test('[BR2] a refresh is wanted where facts have changed, once nothing has happened for a while', () => {
  const { clock, handled, keeper, happens } = setUp();
  happens('a', 'message.posted');
  happens('b', 'fact.added');
  clock.advance(15_000);
  happens('b', 'message.posted');
  clock.advance(19_999);
  expect(handled).toEqual([]);
  clock.advance(1);
  expect(handled.map(({ roomId, command }) => [roomId, command.name])).toEqual([['b', 'brief.keep']]);
  clock.advance(60_000);
  expect(handled).toHaveLength(1);
  happens('b', 'fact.removed');
  keeper.close();
  clock.advance(60_000);
  expect([handled.length, clock.pending]).toEqual([1, 0]);
});
