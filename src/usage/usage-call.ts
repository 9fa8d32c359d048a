/** How a call of a model ended. `truncated`: at a limit, or cut before the model was done; `stopped`: by whoever read it. */
export const callOutcomes = ['completed', 'truncated', 'stopped', 'failed'] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/** Which endpoint was called: the first, or the one that stands by. */
export const tiers = ['primary', 'fallback'] as const;
export type Tier = (typeof tiers)[number];

/** One call of a model, whatever came of it. Times are milliseconds; what is unknown is null. */
export type UsageCall = {
  /** When it began, in ISO 8601. */
  at: string;
  roomId: string | null;
  /** Who asked for it. */
  userId: string | null;
  /** The bot that speaks by it. */
  botId: string | null;
  purpose: string;
  model: string;
  tier: Tier;
  /** How the library was searched for it, where it was. */
  searchTier: string | null;
  promptTokens: number;
  completionTokens: number;
  /** Whether the tokens were counted at 4 characters each, because the endpoint told none. */
  estimated: boolean;
  firstTokenMs: number | null;
  totalMs: number;
  fallback: boolean;
  outcome: CallOutcome;
  /** Of a failed call: the kind of failure, as in `llm/model-error.ts`. */
  errorKind: string | null;
  /** What its tokens were set aside under, where budgets apply. */
  reservation?: string | undefined;
};

/** A call as the ledger keeps it. */
export type LedgerCall = Omit<UsageCall, 'reservation'> & { id: string };

/** Calls taken together. */
export type UsageSum = {
  calls: number;
  /** Of these calls, how many failed, and how many had their tokens estimated. */
  failed: number;
  estimated: number;
  promptTokens: number;
  completionTokens: number;
};

/** Endpoints report all kinds of numbers; tokens are whole, and fit a column of 31 bits. */
export const countable = (tokens: number) => Math.min(Math.max(Math.round(tokens), 0), 1_000_000_000);
