import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { createHttpApi } from '../../scripts/replay/http-api.ts';
import { botResult } from '../../src/protocol/bots.ts';
import { newRoomResult } from '../../src/protocol/rooms.ts';
import { serverEvents } from '../../src/protocol/server-events.ts';
import { sessionResult } from '../../src/protocol/session.ts';

const ok = z.object({ ok: z.literal(true) });

/** Two tabs in one room: one asks, the other sees the answer begin. */
export async function createTabPair(url: string) {
  const owner = createHttpApi(url, new AbortController().signal);
  await owner.post('/api/session', { name: 'Owner' }, sessionResult);
  const { bot } = await owner.post('/api/bots', { name: 'Bot', persona: 'Brief.' }, botResult);
  const { room } = await owner.post('/api/rooms', { title: 'Bench', bots: [bot.id] }, newRoomResult);

  async function openTab(): Promise<Socket> {
    const tab = io(url, {
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { cookie: owner.cookie() },
    });
    ok.parse(await tab.emitWithAck('room.join', { roomId: room.id }));
    return tab;
  }
  const [asking, watching] = [await openTab(), await openTab()];

  return {
    /** Milliseconds from the one tab's message to the first live text in the other. Resolves when the turn is over. */
    async measure(text: string): Promise<number> {
      const ended = Promise.withResolvers<void>();
      let first = Number.NaN;
      const onToken = () => {
        first = performance.now();
      };
      const onAppend = (payload: unknown) => {
        if (serverEvents.append.parse(payload).event.kind === 'turn.ended') ended.resolve();
      };
      watching.once('token', onToken).on('append', onAppend);
      const askedAt = performance.now();
      ok.parse(await asking.emitWithAck('message.post', { roomId: room.id, text }));
      await ended.promise;
      watching.off('append', onAppend);
      return first - askedAt;
    },
    close(): void {
      asking.disconnect();
      watching.disconnect();
    },
  };
}
