import { describe, expect, it } from 'vitest';
import type { Answer, Call, CallName, CallResult } from '../../client/src/live/call.ts';
import { createOutboxSender } from '../../client/src/live/outbox-sender.ts';
import type { Outbox, Outgoing } from '../../client/src/store/outbox.ts';
import { outboxAfter } from '../../client/src/store/outbox.ts';
import { timelineItems } from '../../client/src/store/timeline-items.ts';
import { asked, logOf, opening, roomId } from './room-log.ts';

function written(commandId: string, text: string): Outgoing {
  return { commandId, roomId, text, writtenAt: '2026-01-01T00:00:00Z', status: 'waiting' };
}

type Posted = { commandId: string; text: string };

/** A server that answers as the script says, then accepts everything. */
function setUp(outbox: Outbox, script: ('lost' | 'refused')[] = []) {
  const box = { outbox, live: true, posted: [] as Posted[] };
  const call: Call = async <K extends CallName>(_name: K, args: unknown): Promise<Answer<CallResult<K>>> => {
    const { commandId, text } = args as Posted;
    box.posted.push({ commandId, text });
    const what = script.shift();
    if (what === 'lost') return { ok: 'lost' };
    if (what === 'refused') return { ok: false, error: { code: 'rate_limited', message: 'Slow down.' } };
    return { ok: true, messageId: `m-${commandId}` } as Answer<CallResult<K>>;
  };
  const sender = createOutboxSender({
    call,
    outbox: () => box.outbox,
    change: (change) => {
      box.outbox = change(box.outbox);
    },
    later: () => undefined,
    isLive: () => box.live,
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { box, sender, settle };
}

describe('messages on their way', () => {
  it('go out one after the other, in the order they were written', async () => {
    const { box, sender, settle } = setUp([written('1', 'a'), written('2', 'b'), written('3', 'c')]);
    sender.send(roomId);
    sender.send(roomId);
    await settle();
    expect(box.posted.map((message) => message.text)).toEqual(['a', 'b', 'c']);
    expect(box.outbox.map((message) => message.status)).toEqual(['sent', 'sent', 'sent']);
  });

  it('that got no answer are sent again under the same command id', async () => {
    const { box, sender, settle } = setUp([written('1', 'a'), written('2', 'b')], ['lost']);
    sender.send(roomId);
    await settle();
    expect(box.outbox.map((message) => message.status)).toEqual(['waiting', 'waiting']);
    sender.send(roomId);
    await settle();
    expect(box.posted.map((message) => message.commandId)).toEqual(['1', '1', '2']);
  });

  it('wait while the room is not live', async () => {
    const { box, sender, settle } = setUp([written('1', 'a')]);
    box.live = false;
    sender.send(roomId);
    await settle();
    expect(box.posted).toEqual([]);
  });

  it('that are refused say why and do not hold up the others', async () => {
    const { box, sender, settle } = setUp([written('1', 'a'), written('2', 'b')], ['refused']);
    sender.send(roomId);
    await settle();
    expect(box.outbox[0]).toMatchObject({ status: 'refused', error: 'Slow down.' });
    expect(box.outbox[1]).toMatchObject({ status: 'sent', messageId: 'm-2' });
  });

  it('are not shown twice when the event comes before the answer', () => {
    const event = logOf([...opening, ...asked('m1', 't', 'hello')])[3];
    if (event === undefined) throw new Error('no event');
    const sending: Outbox = [{ ...written('1', 'hello'), status: 'sending' }];
    expect(outboxAfter(sending, event, 'ann')).toMatchObject([{ status: 'sent', messageId: 'm1' }]);
    expect(outboxAfter(sending, event, 'bob')).toEqual(sending);
    const sent: Outbox = [{ ...written('1', 'hello'), status: 'sent', messageId: 'm1' }];
    expect(outboxAfter(sent, event, 'ann')).toEqual([]);
  });

  it('stand where the log will put them: before the reply that is being written, refused ones last', () => {
    const turn = {
      turnId: 't',
      by: 'ann',
      trigger: { messageId: 'q' },
      queuedAt: '',
      status: 'running' as const,
      addressee: { botId: 'kib', by: 'only' as const, confidence: 'high' as const, reason: '' },
      startedAt: '',
    };
    const refused: Outgoing = { ...written('2', 'b'), status: 'refused', error: 'no' };
    const rows = timelineItems([], [turn], [refused, written('1', 'a')], { turnId: 't', botId: 'kib' });
    expect(rows.map((row) => row.key)).toEqual(['o1', 'wt', 'o2']);
  });
});
