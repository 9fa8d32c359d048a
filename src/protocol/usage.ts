import { z } from 'zod';

/** `GET /api/rooms/:id/usage`: of the last `days` days of UTC, today among them. */
export const usageQuery = z.object({ days: z.coerce.number().int().min(1).max(366).default(30) });

/** Calls of models taken together. */
export const usageSumSchema = z.object({
  calls: z.int().nonnegative(),
  /** Of these calls, how many failed, and how many had their tokens estimated. */
  failed: z.int().nonnegative(),
  estimated: z.int().nonnegative(),
  promptTokens: z.int().nonnegative(),
  completionTokens: z.int().nonnegative(),
});
export type UsageSum = z.infer<typeof usageSumSchema>;

/** One call of a model. Times are milliseconds; what is unknown is null. */
export const usageCallSchema = z.object({
  id: z.string(),
  /** When it began. */
  at: z.string(),
  roomId: z.string().nullable(),
  /** Who asked for it; null where nobody did. */
  userId: z.string().nullable(),
  /** The bot that speaks by it. */
  botId: z.string().nullable(),
  /** What it was for, such as `reply`; there may come more. */
  purpose: z.string(),
  model: z.string(),
  /** Which endpoint: the first, or the one that stands by. */
  tier: z.enum(['primary', 'fallback']),
  /** How the library was searched for it, where it was. */
  searchTier: z.string().nullable(),
  promptTokens: z.int().nonnegative(),
  completionTokens: z.int().nonnegative(),
  estimated: z.boolean(),
  firstTokenMs: z.int().nonnegative().nullable(),
  totalMs: z.int().nonnegative(),
  fallback: z.boolean(),
  outcome: z.enum(['completed', 'truncated', 'stopped', 'failed']),
  /** Of a failed call: the kind of failure. */
  errorKind: z.string().nullable(),
});
export type UsageCall = z.infer<typeof usageCallSchema>;

/** Tokens that were taken today, and how many may be where a budget says so. */
const spentSchema = z.object({
  tokens: z.int().nonnegative(),
  budget: z.int().positive().optional(),
});

/** Of the running day of UTC, what budgets are held against. */
export const usageTodaySchema = z.object({
  day: z.string(),
  /** Of the room, by its own settings. */
  room: spentSchema,
  /** Of the room, where the server has a budget for each room. */
  roomOnServer: spentSchema.optional(),
  /** In this room: those who take part, and who did earlier today. */
  people: z.array(spentSchema.extend({ userId: z.string(), name: z.string().optional() })),
  /** Of who asks, over all rooms, where the server has a budget for each person. */
  youOnServer: spentSchema.optional(),
});
export type UsageToday = z.infer<typeof usageTodaySchema>;

/** Sums come with the largest first, days in their order; `calls` are the latest 100, the newest first. */
export const usageResult = z.object({
  totals: usageSumSchema,
  byModel: z.array(usageSumSchema.extend({ model: z.string() })),
  /** With the name that was last theirs in the room. */
  byUser: z.array(usageSumSchema.extend({ userId: z.string().nullable(), name: z.string().optional() })),
  byPurpose: z.array(usageSumSchema.extend({ purpose: z.string() })),
  /** Days of UTC, such as `2026-01-31`; those without calls are left out. */
  byDay: z.array(usageSumSchema.extend({ day: z.string() })),
  calls: z.array(usageCallSchema),
  /** The bots of these calls, with the names that were last theirs in the room. */
  bots: z.array(z.object({ botId: z.string(), name: z.string() })).optional(),
  title: z.string().optional(),
  today: usageTodaySchema.optional(),
});
export type UsageResult = z.infer<typeof usageResult>;
