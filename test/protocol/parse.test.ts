import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { KibitzError } from '../../src/lib/errors.ts';
import { asKibitzError } from '../../src/lib/errors.ts';
import { parseInput } from '../../src/protocol/parse.ts';
import { failureOf } from '../../src/protocol/result.ts';
import { isRoomCommandName, roomCommandArgs, roomCommandEnvelope } from '../../src/protocol/room-commands.ts';
import { roomJoinArgs } from '../../src/protocol/room-join.ts';
import { newRoomBody } from '../../src/protocol/rooms.ts';
import { serverEvents } from '../../src/protocol/server-events.ts';

function refusal(schema: z.ZodType, input: unknown): KibitzError {
  try {
    parseInput(schema, input);
  } catch (error) {
    return asKibitzError(error);
  }
  throw new Error('it was taken');
}

describe('[PR2] input that does not fit', () => {
  test('is `invalid` and names the field', () => {
    const error = refusal(roomCommandArgs['message.post'], { text: 7 });
    expect(error).toMatchObject({ code: 'invalid', details: { field: 'text' } });
    expect(error.message).toMatch(/^text: /);
  });

  test('[TX7] is `invalid` and names the field also where there is no such field', () => {
    const error = refusal(roomCommandArgs['room.update'], { settings: { budget: { tokensPerDay: 1_000 } } });
    expect(error).toMatchObject({ code: 'invalid', details: { field: 'settings.budget.tokensPerDay' } });
    expect(error.message).toBe('settings.budget.tokensPerDay: there is no such field');
    const made = refusal(newRoomBody, { title: 'T', settings: { budget: { tokensPerDay: 1_000 } } });
    expect(made.details).toEqual({ field: 'settings.budget.tokensPerDay' });
  });

  test.each([undefined, null, 7, 'x', [], [[]]])('is `invalid` when it is no object at all: %j', (input) => {
    expect(refusal(roomJoinArgs, input).code).toBe('invalid');
  });

  test('is not said back', () => {
    const error = refusal(z.object({ a: z.enum(['x']) }), { a: '<script>' });
    const unknown = refusal(z.strictObject({}), { '<script>': 1 });
    expect(JSON.stringify([error.message, error.details, unknown.message])).not.toContain('script');
  });

  test.each([{}, { roomId: 'r' }, { roomId: 'r', event: {} }, { roomId: 'r', event: { seq: 'x' } }])(
    'is `invalid` also where an event should be: %j',
    (input) => {
      expect(refusal(serverEvents.append, input).code).toBe('invalid');
    },
  );
});

test('[PR2] a command id is text that can be stored', () => {
  const codeOf = (commandId: string) => refusal(roomCommandEnvelope, { roomId: 'r', commandId }).code;
  for (const id of ['', 'x'.repeat(65), 'a\u0000', 'a\ud800']) expect(codeOf(id)).toBe('invalid');
  expect(parseInput(roomCommandEnvelope, { roomId: 'r', commandId: 'ä 1' }).commandId).toBe('ä 1');
});

test('[PR2] the name of a bot is not the caller’s to say', () => {
  expect(parseInput(roomCommandArgs['bot.add'], { botId: 'ada', name: 'Fake' })).toEqual({ botId: 'ada' });
});

test('[PR2] only commands of the table are commands, and those of the turn runner are not', () => {
  expect(isRoomCommandName('message.post')).toBe(true);
  for (const name of [
    'turn.start',
    'turn.finish',
    'room.create',
    'member.join',
    'constructor',
    '__proto__',
  ]) {
    expect(isRoomCommandName(name)).toBe(false);
  }
});

describe('[PR3] a failure on the wire', () => {
  test('has code, message and details, `retryAfter` beside them', () => {
    const error = refusal(roomJoinArgs, {});
    expect(failureOf(error)).toMatchObject({
      ok: false,
      error: { code: 'invalid', message: error.message, details: { field: 'roomId' } },
    });
  });

  test('tells nothing of an error nobody expected', () => {
    const failure = failureOf(asKibitzError(new Error('SELECT secret FROM keys')));
    expect(failure).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(failure)).not.toMatch(/SELECT|secret|stack|details/);
  });
});
