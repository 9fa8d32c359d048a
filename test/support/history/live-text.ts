import type { Findings, History, Violation } from './history.ts';
import type { RoomLog } from './room-log.ts';

/**
 * I5, for the words: the live text of a reply is a beginning of the message it ends as. The text of a holder that died was
 * ahead of what it had written down: there, both agree as far as both go. What an older `gen` said is void.
 */
export function checkLiveText(history: History, logs: ReadonlyMap<string, RoomLog>): Findings {
  const violations: Violation[] = [];
  let checked = 0;
  const gens = lastGens(history);
  for (const { name, roomId, readings, final } of history.tabs) {
    const log = logs.get(roomId);
    if (log === undefined) continue;
    const add = (sentence: string, evidence: unknown) =>
      violations.push({ invariant: 'I5', sentence: `${name} in ${roomId} ${sentence}`, evidence });
    for (const reading of readings) {
      if (reading.type !== 'live' && reading.type !== 'settled') continue;
      const { messageId, gen, text } = reading;
      const offset = reading.type === 'live' ? reading.offset : 0;
      const said = log.said(messageId);
      if (said === undefined || gen !== gens.get(messageId)) continue;
      // Nobody may have been told that another model started over: that word goes by Redis, which may be away.
      if (said.fallback && gen === 0) continue;
      checked += 1;
      const whole = said.text.slice(offset, offset + text.length);
      const agrees = said.outcome === 'interrupted' ? text.startsWith(whole) : text === whole;
      if (!agrees)
        add(`was shown words of reply ${messageId} that are not in it.`, { offset, shown: text, said });
    }
    for (const draft of final?.drafts ?? []) {
      checked += 1;
      const isOver = log.said(draft.messageId) ?? log.ofTurn('turn.ended', draft.turnId);
      if (isOver !== undefined)
        add(`still shows reply ${draft.messageId} as being written, after its end.`, draft);
    }
  }
  return { checked, violations };
}

/** The last `gen` of each reply that anybody was told of: the one that the message is of. */
export function lastGens({ tabs }: History): Map<string, number> {
  const gens = new Map<string, number>();
  for (const { readings } of tabs) {
    for (const reading of readings) {
      if (reading.type !== 'live' && reading.type !== 'settled') continue;
      gens.set(reading.messageId, Math.max(gens.get(reading.messageId) ?? 0, reading.gen));
    }
  }
  return gens;
}
