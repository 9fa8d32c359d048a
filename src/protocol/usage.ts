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

/** Sums come with the largest first, days in their order; `calls` are the latest 100, the newest first. */
export const usageResult = z.object({
  totals: usageSumSchema,
  byModel: z.array(usageSumSchema.extend({ model: z.string() })),
  byUser: z.array(usageSumSchema.extend({ userId: z.string().nullable() })),
  byPurpose: z.array(usageSumSchema.extend({ purpose: z.string() })),
  /** Days of UTC, such as `2026-01-31`; those without calls are left out. */
  byDay: z.array(usageSumSchema.extend({ day: z.string() })),
  calls: z.array(usageCallSchema),
});
export type UsageResult = z.infer<typeof usageResult>;
