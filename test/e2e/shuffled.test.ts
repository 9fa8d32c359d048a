import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LoggedEvent } from '../../src/domain/event.ts';
import { invite, makeRoomWithBot, signUp } from '../support/client.ts';
import { openPageTab } from '../support/page-tab.ts';
import { RoomView } from '../support/room-view.ts';
import { runs } from '../support/runs.ts';
import { createGate, saysGated, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { type Fate, shuffle } from '../support/shuffled-socket.ts';
import { startApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';

const fate = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Fate>('comes') },
  { weight: 2, arbitrary: fc.constant<Fate>('lost') },
  { weight: 2, arbitrary: fc.constant<Fate>('late') },
  { weight: 1, arbitrary: fc.constant<Fate>('twice') },
);
const pieces = fc.array(fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' }), {
  minLength: 2,
  maxLength: 12,
});
const ask = fc.record({ again: fc.boolean(), said: pieces });

test('[SV3] whatever is lost, late or repeated on the way, a tab holds and fetches, and shows a beginning of what there is', async () => {
  await using endpoint = await startScriptedEndpoint();
  await using app = await startApp({ endpoint: { baseUrl: endpoint.baseURL, model: 'scripted' } });
  const ann = await signUp(app.url, 'Ann');
  let fetched = 0;

  await fc.assert(
    fc.asyncProperty(
      fc.array(ask, { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(fate),
      fc.infiniteStream(fate),
      async (asks, viewFates, pageFates) => {
        const { roomId } = await makeRoomWithBot(ann);
        const ben = await invite(ann, roomId, 'participant', 'Ben');
        const [clear, one, other] = [await ann.connect(), await ben.connect(), await ben.connect()];
        const staying = new RoomView(clear, roomId);
        const layers = [
          shuffle(one, () => viewFates.next().value ?? 'comes'),
          shuffle(other, () => pageFates.next().value ?? 'comes'),
        ];
        const view = new RoomView(one, roomId);
        const page = openPageTab(other, roomId);
        await Promise.all([staying.join(), view.join()]);
        // What the page showed of each reply while it was written, and of the log.
        const shown: { messageId: string; text: string }[] = [];
        const places: number[] = [];
        page.watch(({ drafts, state }) => {
          places.push(state.seq);
          for (const { messageId, text } of drafts.values()) shown.push({ messageId, text });
        });

        for (const { again, said } of asks) {
          const words = ['Begin ', ...said];
          const gate = createGate();
          endpoint.next(saysGated(gate, ...words));
          const last = staying.state?.messages.findLast(({ author }) => author.type === 'bot');
          const asked =
            again && last !== undefined
              ? await clear.emitWithAck('reply.regenerate', { roomId, messageId: last.messageId })
              : await clear.emitWithAck('message.post', { roomId, text: 'Say it' });
          if (!asked.ok || asked.turnId === undefined) throw new Error(`no turn: ${JSON.stringify(asked)}`);
          for (const _ of words) {
            gate.release();
            await new Promise(setImmediate);
          }
          await staying.turnEnd(asked.turnId);
          expect(staying.texts().at(-1)).toBe(words.join(''));
        }
        for (const layer of layers) layer.calm();
        // One event that does come is enough to notice all that did not.
        expect((await clear.emitWithAck('room.update', { roomId, title: 'Calm' })).ok).toBe(true);
        await until('the tabs to have caught up', () =>
          [view.state?.room.title, page.room()?.state.room.title].every((title) => title === 'Calm'),
        );
        await until('the one that stayed', () => staying.state?.room.title === 'Calm');

        expect(view.state).toEqual(staying.state);
        expect(page.room()?.state).toEqual(staying.state);
        expect(page.room()).toMatchObject({ behind: false, held: new Map(), drafts: new Map() });
        expect(page.room()?.timeline).toEqual(staying.state?.messages);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        const seqs = view.events.map(({ seq }: LoggedEvent) => seq);
        expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
        const { body } = await ann.call('GET', `/api/rooms/${roomId}/events`);
        const final = new Map<string, string>();
        for (const { kind, data } of body.events) {
          if (kind === 'message.posted') final.set(data.messageId, data.text);
          if (kind === 'message.replaced') final.set(data.message.messageId, data.message.text);
        }
        const drafts = [...view.finalDrafts].map(([messageId, text]) => ({ messageId, text }));
        for (const { messageId, text } of [...shown, ...drafts]) {
          expect(final.get(messageId)?.startsWith(text)).toBe(true);
        }
        fetched += view.syncs + page.asked.filter((name) => name === 'room.sync').length;
        page.close();
        for (const socket of [clear, one, other]) socket.close();
      },
    ),
    runs(30),
  );
  expect(fetched).toBeGreaterThan(20);
}, 60_000);
