import type { LoggedEvent } from '../../../src/domain/event.ts';
import { isKnown } from '../../../src/domain/event.ts';
import type { Draft } from '../../../src/protocol/room-join.ts';
import type { Token } from '../../../src/protocol/server-events.ts';

export type Drafts = ReadonlyMap<string, Draft>;

/** What one piece of live text comes to: the drafts with it, or a hole before it. */
export type TokenOutcome = { drafts: Drafts; hole: boolean };

export const heldTokensMax = 2_000;

function withDraft(drafts: Drafts, draft: Draft): Drafts {
  return new Map(drafts).set(draft.messageId, draft);
}

/** Adds live text by its offset: repeats and overlaps are legal, a hole is not, a higher `gen` starts over. */
export function withToken(drafts: Drafts, token: Token): TokenOutcome {
  const { turnId, messageId, botId, gen, offset, text } = token;
  const draft = drafts.get(messageId);
  if (draft !== undefined && gen < draft.gen) return { drafts, hole: false };
  const known = draft !== undefined && draft.gen === gen ? draft.text : '';
  if (offset > known.length) return { drafts, hole: true };
  if (draft?.gen === gen && offset + text.length <= known.length) return { drafts, hole: false };
  const whole = known + text.slice(known.length - offset);
  return { drafts: withDraft(drafts, { turnId, messageId, botId, gen, text: whole }), hole: false };
}

/** Applies tokens in their order; those after a hole stay held, those the drafts already cover are gone. */
export function withTokens(drafts: Drafts, tokens: readonly Token[]): { drafts: Drafts; held: Token[] } {
  let result = drafts;
  const held: Token[] = [];
  for (const token of tokens) {
    const outcome = withToken(result, token);
    result = outcome.drafts;
    if (outcome.hole) held.push(token);
  }
  return { drafts: result, held: held.slice(-heldTokensMax) };
}

/** Of two states of one reply the later one: a higher `gen`, then more text. */
function later(a: Draft, b: Draft): Draft {
  if (a.gen !== b.gen) return a.gen > b.gen ? a : b;
  return a.text.length >= b.text.length ? a : b;
}

/** Drafts told by the server together with those of open turns held here, which may have got further meanwhile. */
export function mergedDrafts(
  mine: Drafts,
  told: readonly Draft[],
  isOpen: (draft: Draft) => boolean,
): Drafts {
  const result = new Map<string, Draft>();
  for (const draft of mine.values()) if (isOpen(draft)) result.set(draft.messageId, draft);
  for (const draft of told) {
    const known = result.get(draft.messageId);
    result.set(draft.messageId, known === undefined ? draft : later(known, draft));
  }
  return result;
}

/** A draft goes when its message stands on the timeline or its turn is over. */
export function draftsAfter(drafts: Drafts, event: LoggedEvent): Drafts {
  if (!isKnown(event) || drafts.size === 0) return drafts;
  switch (event.kind) {
    case 'message.posted':
      return without(drafts, (draft) => draft.messageId === event.data.messageId);
    case 'message.replaced':
      return without(drafts, (draft) => draft.messageId === event.data.message.messageId);
    case 'turn.ended':
      return without(drafts, (draft) => draft.turnId === event.turnId);
    default:
      return drafts;
  }
}

function without(drafts: Drafts, isGone: (draft: Draft) => boolean): Drafts {
  const left = [...drafts].filter(([, draft]) => !isGone(draft));
  return left.length === drafts.size ? drafts : new Map(left);
}
