import { isKnown, type LoggedEvent } from '../../src/domain/event.ts';

/** Milliseconds without any event after which replies are no longer waited for. */
const patience = 120_000;

/** Follows a room's events to know how many replies its bots gave and whether more are to come. */
export function createReplyWatch(signal: AbortSignal) {
  const open = new Set<string>();
  let replies = 0;
  let seen = 0;
  let onChange = () => {};

  function take(event: LoggedEvent): void {
    seen = event.seq;
    if (isKnown(event)) {
      if (event.kind === 'message.posted' && event.data.author.type === 'bot') replies += 1;
      if (event.kind === 'turn.queued') open.add(event.turnId ?? '');
      if (event.kind === 'turn.ended') open.delete(event.turnId ?? '');
    }
    onChange();
  }

  /** Resolves when all up to `seq` has been seen and no turn waits or runs, or when nothing comes any more. */
  function settled(seq: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    let timer: NodeJS.Timeout | undefined;
    onChange = () => {
      clearTimeout(timer);
      if (signal.aborted || (seen >= seq && open.size === 0)) resolve();
      else timer = setTimeout(resolve, patience);
    };
    signal.addEventListener('abort', onChange, { once: true });
    onChange();
    return promise;
  }

  return { take, settled, replies: () => replies, awaited: () => open.size };
}

export type ReplyWatch = ReturnType<typeof createReplyWatch>;
