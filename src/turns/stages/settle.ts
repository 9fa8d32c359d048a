import { system } from '../../domain/command.ts';
import { turnSettle } from '../../domain/commands/turn-settle.ts';
import { type Party, pairsOf, partiesTo } from '../../domain/witnesses.ts';
import { exchangeOf } from '../exchange.ts';
import { meterOf } from '../meter.ts';
import { settlement, settlementQuestion } from '../settlement.ts';
import type { Stage, TurnContext } from '../turn-context.ts';

/** Milliseconds for the one call; nothing follows from the words, past that. */
const deadline = 12_000;

/** Has what follows from the reply written down: memories, and how everybody there sees the others since. */
export const settle: Stage = {
  name: 'settle',
  async run(context) {
    if (context.said !== undefined) await settleWords(context, context.said);
    return undefined;
  },
};

/** One structured call for all who were there, and what comes of it, in one append with these words as its cause. */
export async function settleWords(context: TurnContext, messageId: string): Promise<void> {
  const { eventLog, roomId, turn, lease, model, signal, classifierModel } = context;
  const state = await eventLog.stateOf(roomId);
  if (!state.room.settings.relationships) return;
  const said = await exchangeOf(context, messageId);
  const since = said?.exchange[0]?.seq;
  if (said === undefined || since === undefined) return;
  const parties = partiesTo(state, said.timeline, said.exchange);
  const witnesses = parties.filter(({ type }) => type === 'bot');
  if (witnesses.length === 0) return;
  const { value, source, reason } = await model.structured(
    {
      task: 'settle',
      meter: meterOf(context, 'settle'),
      messages: settlementQuestion(parties, state.edges, said.exchange),
      schema: settlement,
      deadline,
      fallback: { significance: 1, memories: [], edges: [] },
      ...(classifierModel === undefined ? {} : { model: classifierModel }),
    },
    signal,
  );
  if (source === 'default') {
    context.log.warn({ roomId, messageId, reason }, 'what follows from a reply could not be told');
    return;
  }
  const args = turnSettle.args.parse({
    turnId: turn.turnId,
    messageId,
    since,
    significance: value.significance,
    memories: firstOfEach(offered(value.memories, witnesses), ({ witnessId }) => witnessId),
    edges: changesAmong(parties, value.edges),
  });
  await eventLog.handle({
    roomId,
    command: { name: 'turn.settle', args },
    actor: system,
    turnEpoch: lease.epoch,
  });
}

type Told = (typeof settlement)['_output'];

function offered(memories: Told['memories'], witnesses: readonly Party[]): Told['memories'] {
  return witnesses.flatMap(({ id }) => memories.filter(({ witnessId }) => witnessId === id));
}

/** The changes between those who were there, in the order of the pairs. */
function changesAmong(parties: readonly Party[], told: Told['edges']) {
  return pairsOf(parties).flatMap(({ from, to }) => {
    const change = told.find((edge) => edge.from === from.id && edge.to === to.id);
    if (change === undefined) return [];
    const { affinity, trust, knowledge, summary } = change;
    return [{ from: from.id, to: to.id, delta: { affinity, trust, knowledge, summary } }];
  });
}

function firstOfEach<T>(items: readonly T[], key: (item: T) => string): T[] {
  return items.filter((item, index) => items.findIndex((other) => key(other) === key(item)) === index);
}
