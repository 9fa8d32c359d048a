import fc from 'fast-check';
import { expect, test } from 'vitest';
import { invite, makeRoomWithBot, signUp } from '../support/client.ts';
import { openPageTab } from '../support/page-tab.ts';
import { RoomView } from '../support/room-view.ts';
import { createGate, saysGated, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { startApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';

const words = fc.array(
  fc.oneof(
    fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }),
    fc.constant('\u{1f469}\u200d\u{1f680} '),
  ),
  {
    minLength: 3,
    maxLength: 25,
  },
);
/** After which words the tab's connection is cut. */
const cuts = fc.uniqueArray(fc.nat({ max: 24 }), { minLength: 1, maxLength: 5 });

test('[LT2] a tab whose connection is cut at any words ends with what a tab that stayed has, byte for byte', async () => {
  await using endpoint = await startScriptedEndpoint();
  await using app = await startApp({ endpoint: { baseUrl: endpoint.baseURL, model: 'scripted' } });
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const ben = await invite(ann, roomId, 'participant', 'Ben');
  const [staying, cutting] = [await ann.connect(), await ben.connect()];
  const [stayed, cut] = [new RoomView(staying, roomId), new RoomView(cutting, roomId)];
  await Promise.all([stayed.join(), cut.join()]);

  await fc.assert(
    fc.asyncProperty(words, cuts, fc.boolean(), async (said, cutAfter, regenerates) => {
      const gate = createGate();
      endpoint.next(saysGated(gate, 'Begin ', ...said));
      const last = stayed.state?.messages.findLast(({ author }) => author.type === 'bot');
      const asked =
        regenerates && last !== undefined
          ? await staying.emitWithAck('reply.regenerate', { roomId, messageId: last.messageId })
          : await staying.emitWithAck('message.post', { roomId, text: 'Say it' });
      if (!asked.ok || asked.turnId === undefined) throw new Error(`no turn: ${JSON.stringify(asked)}`);
      for (let word = 0; word <= said.length; word += 1) {
        gate.release();
        if (!cutAfter.includes(word)) continue;
        const soFar = ['Begin ', ...said].slice(0, word + 1).join('');
        await until(
          'the words so far',
          () =>
            [...stayed.drafts.values()].some(({ text }) => text === soFar) ||
            (stayed.finalDrafts.size > 0 && stayed.drafts.size === 0),
        );
        // A client whose engine is closed while it still opens gives up for good; what is down already is cut.
        if (cutting.connected) cutting.io.engine.close();
      }
      await Promise.all([stayed.turnEnd(asked.turnId), cut.turnEnd(asked.turnId)]);
      const text = ['Begin ', ...said].join('');
      expect(stayed.texts().at(-1)).toBe(text);
      expect(cut.state).toEqual(stayed.state);
      const messageId = stayed.state?.messages.at(-1)?.messageId ?? '';
      // What it showed until then was never anything but a beginning of that.
      expect(text.startsWith(cut.finalDrafts.get(messageId) ?? '')).toBe(true);
      expect(stayed.finalDrafts.get(messageId)).toBe(text);
    }),
    { numRuns: 100 },
  );
  expect(stayed.syncs).toBe(0);
  staying.close();
  cutting.close();
}, 60_000);

test('[LT1] a tab that stays open over many regenerations, longer and shorter, shows every word of each without asking', async () => {
  await using endpoint = await startScriptedEndpoint();
  await using app = await startApp({ endpoint: { baseUrl: endpoint.baseURL, model: 'scripted' } });
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const socket = await ann.connect();
  const page = openPageTab(socket, roomId);
  await until('the room', () => page.room());
  for (let round = 0; round < 16; round += 1) {
    const gate = createGate();
    const said = Array.from({ length: 1 + ((round * 5) % 7) }, (_, n) => `${round}.${n} `);
    endpoint.next(saysGated(gate, ...said, 'end'));
    const reply = page.room()?.state.messages.at(-1)?.messageId ?? '';
    const asked =
      round === 0
        ? await socket.emitWithAck('message.post', { roomId, text: 'Say it' })
        : await socket.emitWithAck('reply.regenerate', { roomId, messageId: reply });
    if (!asked.ok) throw new Error(`no turn: ${JSON.stringify(asked)}`);
    let soFar = '';
    for (const word of said) {
      gate.release();
      soFar += word;
      await until(`“${soFar}”`, () =>
        [...(page.room()?.drafts.values() ?? [])].some(({ text }) => text === soFar),
      );
    }
    gate.open();
    await until('the reply', () => page.room()?.state.messages.at(-1)?.text === `${soFar}end`);
    await until('the end of the turn', () => page.room()?.state.turns.length === 0);
    expect(page.room()?.drafts.size).toBe(0);
  }
  expect(page.room()?.state.messages).toHaveLength(2);
  expect(page.asked).toEqual(['room.join']);
  page.close();
  socket.close();
});
