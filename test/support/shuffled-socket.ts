import type { TabSocket } from './client.ts';

/** What becomes of one thing the server says: it comes, it is lost, it comes later, or it comes twice. */
export type Fate = 'comes' | 'lost' | 'late' | 'twice';

/** A tab's socket on which what the server says of its own accord is lost, repeated and put out of order. */
export type Shuffled = {
  /** Lets in all that is late, the last first, and everything after it as it comes. */
  calm(): void;
};

/** Answers to what the tab asks come as they are: the network keeps a question and its answer together. */
export function shuffle(socket: TabSocket, nextFate: () => Fate): Shuffled {
  type Packet = { data: unknown[] };
  const inner = socket as unknown as { onevent(packet: Packet): void };
  const deliver = inner.onevent.bind(socket);
  const late: Packet[] = [];
  let isCalm = false;

  inner.onevent = (packet) => {
    const fate = isCalm ? 'comes' : nextFate();
    if (fate === 'late') late.push(packet);
    if (fate === 'comes' || fate === 'twice') deliver(packet);
    if (fate === 'twice') deliver(packet);
    // What is late overtakes nothing that has come by then.
    if (fate === 'comes' && late.length > 2) for (const old of late.splice(0).reverse()) deliver(old);
  };
  return {
    calm: () => {
      isCalm = true;
      for (const old of late.splice(0).reverse()) deliver(old);
    },
  };
}
