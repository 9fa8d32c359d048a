import { expect, test } from 'vitest';
import { recordedQueries } from '../support/recorded-queries.ts';
import { scripted, turnRoom } from '../support/turn-room.ts';

/** Reads a whole table, or all that one holds of a room, unless that is a single row. */
const readsOn =
  /^SCAN (?!.*INDEX rooms_with_open_turns)|^SEARCH (?!snapshots|checkpoints|.*INDEX events_of_names).*\(room_id=\?\)/;

test('[EL16] whatever is done in a room, no query reads all that there is of it', async () => {
  const queries = recordedQueries();
  const { model } = scripted(() => [{ botId: 'bob', eagerness: 9, reason: 'he knows' }]);
  const room = await turnRoom(model, undefined, undefined, undefined, queries.open);
  const { act, log, roomId, say, regenerate, settled } = room;
  await room.update({ relationships: true, interjections: 2 });
  await say('Ada, what is that?');
  await say('Ada, and that?');
  await regenerate('Ada 1');
  const [first, second] = (await log.stateOf(roomId)).messages;
  await act({ name: 'message.edit', args: { messageId: second?.messageId ?? '', text: 'Ada, no.' } }).catch(
    () => undefined,
  );
  await act({ name: 'message.edit', args: { messageId: first?.messageId ?? '', text: 'Ada, what?' } });
  await settled();
  await act({ name: 'fact.add', args: { text: 'It rains.' } });
  const [fact] = (await log.stateOf(roomId)).facts;
  await act({ name: 'fact.edit', args: { factId: fact?.factId ?? '', text: 'It snows.' } });
  await act({ name: 'history.rewind', args: { messageId: first?.messageId ?? '' } });
  await act({ name: 'history.undo', args: {} });
  await log.findMessage(roomId, second?.messageId ?? '');
  await log.page(roomId, 100, 10);
  await log.memoriesOf(roomId, 'ada', 100, 10);
  await log.relationsOf(roomId, 'ada', 100, 10);
  await log.namesIn(roomId);
  await room.close();

  const plans = queries.plans();
  expect(plans.size).toBeGreaterThan(30);
  const reading = [...plans].filter(([, steps]) => steps.some((step) => readsOn.test(step)));
  expect(Object.fromEntries(reading)).toEqual({});
});
