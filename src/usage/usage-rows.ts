import { sql } from 'kysely';
import type { Tables } from '../db/tables.ts';
import {
  callOutcomes,
  countable,
  type LedgerCall,
  tiers,
  type UsageCall,
  type UsageSum,
} from './usage-call.ts';

type Row = Tables['usage_calls'];

export function rowOfCall(id: string, call: UsageCall): Row {
  return {
    id,
    at: call.at,
    room_id: call.roomId,
    user_id: call.userId,
    bot_id: call.botId,
    purpose: call.purpose,
    model: call.model,
    tier: call.tier,
    search_tier: call.searchTier,
    prompt_tokens: countable(call.promptTokens),
    completion_tokens: countable(call.completionTokens),
    estimated: Number(call.estimated),
    first_token_ms: call.firstTokenMs,
    total_ms: call.totalMs,
    fallback: Number(call.fallback),
    outcome: call.outcome,
    error_kind: call.errorKind,
  };
}

export function callOfRow(row: Row): LedgerCall {
  return {
    id: row.id,
    at: row.at,
    roomId: row.room_id,
    userId: row.user_id,
    botId: row.bot_id,
    purpose: row.purpose,
    model: row.model,
    tier: tiers.find((tier) => tier === row.tier) ?? 'primary',
    searchTier: row.search_tier,
    promptTokens: row.prompt_tokens,
    completionTokens: row.completion_tokens,
    estimated: row.estimated !== 0,
    firstTokenMs: row.first_token_ms,
    totalMs: row.total_ms,
    fallback: row.fallback !== 0,
    outcome: callOutcomes.find((outcome) => outcome === row.outcome) ?? 'failed',
    errorKind: row.error_kind,
  };
}

/** As floating point: PostgreSQL tells sums of integers as text. */
const total = (expression: string) =>
  sql<number>`cast(coalesce(sum(${sql.raw(expression)}), 0) as double precision)`;

export const sumColumns = [
  total('1').as('calls'),
  total("case when outcome = 'failed' then 1 else 0 end").as('failed'),
  total('estimated').as('estimated'),
  total('prompt_tokens').as('prompt'),
  total('completion_tokens').as('completion'),
];

type SumRow = { calls: number; failed: number; estimated: number; prompt: number; completion: number };

export function sumOfRow(row: SumRow | undefined): UsageSum {
  return {
    calls: row?.calls ?? 0,
    failed: row?.failed ?? 0,
    estimated: row?.estimated ?? 0,
    promptTokens: row?.prompt ?? 0,
    completionTokens: row?.completion ?? 0,
  };
}
