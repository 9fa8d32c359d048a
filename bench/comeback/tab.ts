import type { WebSocket } from 'ws';
import { z } from 'zod';
import { eachStamp, nowMicros } from '../fanout/stamp.ts';
import { type KibitzRoom, openSocket, socketPath } from '../fanout/tabs.ts';
import type { Seen } from '../redis-away/phases.ts';

const joinedSchema = z.object({
  ok: z.literal(true),
  head: z.int(),
  epoch: z.string(),
  drafts: z.array(z.object({ text: z.string() })),
});
const tokenSchema = z.tuple([z.literal('token'), z.object({ offset: z.int(), text: z.string() })]);

/** A tab that can be cut off and come back, as a page does: from where it was. */
export type Tab = {
  /** Milliseconds from `since` until it was in the room again, and until the first live text after that. */
  comeBack(since: number): Promise<{ joined: number; live: number }>;
  cut(): void;
  /** Forgets the reply of the run before. */
  reset(): void;
  /** Characters of the reply that it has, without a hole. */
  length(): number;
  readonly seen: Seen[];
};

const sinceMs = (since: number) => (nowMicros() - since) / 1_000;

function notes() {
  const seen: Seen[] = [];
  let live: PromiseWithResolvers<void> | undefined;
  return {
    seen,
    take(frame: string): void {
      const now = nowMicros();
      eachStamp(frame, (due) => void seen.push({ due, late: (now - due) / 1_000 }));
      live?.resolve();
    },
    nextLive(): Promise<void> {
      live = Promise.withResolvers();
      return live.promise;
    },
  };
}

export async function openKibitzTab(url: string, { roomId, cookie }: KibitzRoom): Promise<Tab> {
  const { seen, take, nextLive } = notes();
  let socket: WebSocket;
  let position: { after: number; epoch: string } | undefined;
  let length = 0;

  function onToken(frame: string): void {
    const [, { offset, text }] = tokenSchema.parse(JSON.parse(frame.slice(2)));
    // What comes after a hole is not there for whoever reads.
    if (offset <= length) length = Math.max(length, offset + text.length);
    take(frame);
  }

  async function join(): Promise<void> {
    const joined = Promise.withResolvers<void>();
    socket = await openSocket(socketPath(url), { cookie }, (frame) => {
      if (frame.startsWith('42["token"')) onToken(frame);
      else if (frame === '2') socket.send('3');
      else if (frame.startsWith('40'))
        socket.send(`420["room.join",${JSON.stringify({ roomId, ...position })}]`);
      else if (frame.startsWith('430')) {
        const { head, epoch, drafts } = joinedSchema.parse(JSON.parse(frame.slice(3))[0]);
        position = { after: head, epoch };
        length = drafts[0]?.text.length ?? length;
        joined.resolve();
      }
    });
    socket.send('40');
    await joined.promise;
  }

  await join();
  return {
    seen,
    length: () => length,
    reset() {
      length = 0;
      seen.length = 0;
    },
    cut: () => socket.terminate(),
    async comeBack(since) {
      const live = nextLive();
      await join();
      const joined = sinceMs(since);
      await live;
      return { joined, live: sinceMs(since) };
    },
  };
}

/** A tab of the bare server, which knows of no history: what was said while it was away is lost to it. */
export async function openRawTab(url: string, room: number): Promise<Tab> {
  const { seen, take, nextLive } = notes();
  const open = () => openSocket(`${url}/${room}`, {}, take);
  let socket = await open();
  return {
    seen,
    length: () => Number.NaN,
    reset: () => void seen.splice(0),
    cut: () => socket.terminate(),
    async comeBack(since) {
      const live = nextLive();
      socket = await open();
      const joined = sinceMs(since);
      await live;
      return { joined, live: sinceMs(since) };
    },
  };
}
