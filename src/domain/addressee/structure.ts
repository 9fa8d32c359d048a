import { type Call, callsIn } from './calls.ts';
import { commanderOf } from './commander.ts';
import type { Said } from './conversation.ts';
import { readCues } from './cues.ts';
import { nameIndexOf } from './name-index.ts';
import type { Participant } from './participant.ts';
import { type Candidate, partnersOf } from './partner.ts';
import { fittedWeights, type Weights } from './weights.ts';

/** A message of which it is asked whom it is for; `replyTo` is the author of the message it replies to. */
export type Utterance = { by: string; text: string; replyTo?: string | undefined };

/** What the structure of a conversation tells of a message, the surest first. */
export type Structure = {
  /** Who is replied to. */
  replied: string | undefined;
  /** Who is called, in the order of the text; hints left out. */
  called: readonly Call[];
  /** Who is only named. */
  named: readonly Call[];
  /** Who it may be for by who spoke to whom; none where it says so itself. Somebody without an id is nobody in particular. */
  partners: readonly Candidate[];
  /** All of that in one: the best there is, never the author, always one of the participants. */
  best: string | undefined;
  /** The message as the next ones will remember it. */
  said: Said;
};

/**
 * Whom a message is for, by structure alone: replies, names, and who spoke to whom `before` (oldest first). People and
 * bots are alike here, so that what holds in a room can be measured on logs of people.
 */
export function structureOf(
  message: Utterance,
  before: readonly Said[],
  participants: readonly Participant[],
  weights: Weights = fittedWeights,
): Structure {
  const { by } = message;
  const ids = new Set(participants.map(({ id }) => id));
  const isOther = (id: string | undefined): id is string => id !== undefined && id !== by && ids.has(id);
  const cues = readCues(message.text);
  const calls = callsIn(message.text, nameIndexOf(participants)).filter(({ id }) => isOther(id));
  const called = calls.filter(({ how }) => how !== 'hint');
  const named = calls.filter(({ how }) => how === 'hint');
  const replied = isOther(message.replyTo) ? message.replyTo : undefined;
  const explicit = replied ?? [commanderOf(by, before), called[0]?.id].find(isOther);
  const partners =
    explicit === undefined
      ? partnersOf(before, { by, cues }, weights).filter(({ id }) => id === undefined || isOther(id))
      : [];
  // A name at the very beginning is most likely called, without the comma.
  const first = named[0]?.start === 0 ? named[0].id : undefined;
  const hinted = first ?? partners.find(({ id }) => named.some((call) => call.id === id))?.id ?? named[0]?.id;
  const best = explicit ?? hinted ?? partners.find(({ id }) => id !== undefined)?.id;
  const to = explicit ?? hinted ?? partners[0]?.id;
  return {
    replied,
    called,
    named,
    partners,
    best,
    said: { by, to, isExplicit: (explicit ?? hinted) !== undefined, cues },
  };
}
