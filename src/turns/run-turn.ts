import { system } from '../domain/command.ts';
import { KibitzError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { finishTurn } from './finish-turn.ts';
import { beginRefresh } from './stages/begin-refresh.ts';
import { chooseAddressee } from './stages/choose-addressee.ts';
import { commit } from './stages/commit.ts';
import { compose } from './stages/compose.ts';
import { interject } from './stages/interject.ts';
import { refreshBrief } from './stages/refresh-brief.ts';
import { retrieve } from './stages/retrieve.ts';
import { settle } from './stages/settle.ts';
import { speak } from './stages/speak.ts';
import { type Stage, TurnAbort, type TurnContext } from './turn-context.ts';

/** The life of a turn. Posting, regenerating and editing are the same stages. */
const speaking: readonly Stage[] = [chooseAddressee, retrieve, compose, speak, commit, settle, interject];
/** A refresh of the brief holds the turn lock like any turn, and says nothing. */
const refreshing: readonly Stage[] = [beginRefresh, refreshBrief];

/**
 * Runs a queued turn to its one end. Throws only what keeps it from being ended here: a lost lease, or a log that
 * cannot be written; then a successor ends it.
 */
export async function runTurn(context: TurnContext, log: Log): Promise<void> {
  const { roomId, turn, live } = context;
  const { turnId } = turn;
  try {
    for (const stage of 'refresh' in turn.trigger ? refreshing : speaking) {
      context.signal.throwIfAborted();
      live.stage(roomId, turnId, stage.name);
      const early = await stage.run(context);
      if (early === 'ended') return;
      if (early !== undefined) return await finishTurn(context, early);
    }
  } catch (reason) {
    await endBadly(context, reason, log);
  } finally {
    if (wasLost(context.signal)) live.leave(turnId);
    else live.end(turnId);
  }
}

/** Whether somebody else has the turn now. */
function wasLost({ reason }: AbortSignal): boolean {
  return reason instanceof TurnAbort && reason.why === 'lost';
}

async function endBadly(context: TurnContext, reason: unknown, log: Log): Promise<void> {
  const { roomId, turn, signal } = context;
  const abort = signal.aborted ? signal.reason : undefined;
  if (wasLost(signal)) throw abort;
  const state = await context.eventLog.newestStateOf(roomId);
  const current = state.turns.find(({ turnId }) => turnId === turn.turnId);
  // Stopped while it waited, or ended by a successor: there is nothing left to end.
  if (current === undefined) return;
  if (current.status === 'queued') {
    // Cut short before it began, it waits for the next holder; but what failed would fail again, for ever.
    if (abort instanceof TurnAbort) return;
    await beginWithNobody(context);
  }
  if (abort instanceof TurnAbort) {
    // There is no place left for its words.
    if (abort.why === 'withdrawn') delete context.reply;
    return await finishTurn(context, abort.why === 'interrupted' ? 'interrupted' : 'stopped');
  }
  log.warn({ err: reason, roomId, turnId: turn.turnId }, 'a turn failed');
  const message = reason instanceof KibitzError ? reason.message : 'Something went wrong on the server.';
  await finishTurn(context, 'failed', message);
}

async function beginWithNobody({ eventLog, roomId, turn, lease }: TurnContext): Promise<void> {
  const reason = 'it could not be decided who answers';
  const addressee = { botId: null, by: 'fallback' as const, confidence: 'low' as const, reason };
  const command = { name: 'turn.start' as const, args: { turnId: turn.turnId, addressee } };
  await eventLog.handle({ roomId, command, actor: system, turnEpoch: lease.epoch });
}
