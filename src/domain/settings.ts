import { z } from 'zod';
import { isDeeperThan } from './json.ts';

export const templates = ['blank', 'story', 'troubleshooting', 'library'] as const;
export const templateSchema = z.enum(templates);
export type Template = z.infer<typeof templateSchema>;

/** Tokens a day that a room may take in all, and each person in it; unset means as many as they like. */
export const budgetSchema = z.object({
  room: z.int().positive().max(1_000_000_000).optional(),
  person: z.int().positive().max(1_000_000_000).optional(),
});

/** The same where somebody sets it: a misspelt name would otherwise pass for no budget. */
const budgetInputSchema = z.strictObject(budgetSchema.shape);

/**
 * How a room behaves. Unknown keys are carried, so that a room written by a later version keeps its settings; their
 * number is bounded.
 */
export const settingsSchema = z
  .looseObject({
    /** Who may have a reply written anew: anyone who may post, the author of what it answers, or moderators. */
    regenerate: z.enum(['anyone', 'author', 'moderators']).default('anyone'),
    /** When bots answer: as the addressee rules say, every message, or only when named. */
    reply: z.enum(['auto', 'always', 'mention']).default('auto'),
    /** How many bots that were only listening may put in a word on a reply. */
    interjections: z.int().min(0).max(2).default(1),
    /** Whether bots remember and people and bots come to feel something about each other. */
    relationships: z.boolean().default(false),
    /** Whether bots are asked to note what is established and what is still to be found out, and a brief is kept. */
    facts: z.boolean().default(false),
    /** How much of their voices bots speak with, 0–1. */
    voiceWeight: z.number().min(0).max(1).default(0.5),
    /** Whether those who watch are shown memories and relationships too. */
    spectatorsSeeState: z.boolean().default(false),
    budget: budgetSchema.optional(),
  })
  .refine(
    (settings) => !isDeeperThan(8, settings) && JSON.stringify(settings).length <= 8_000,
    'settings are too large',
  );

export type Settings = z.infer<typeof settingsSchema>;

/** A change of settings: the keys it names, each checked as in `settingsSchema`, and no defaults for the others. */
export const settingsPatchSchema = z.looseObject({
  regenerate: z.enum(['anyone', 'author', 'moderators']).optional(),
  reply: z.enum(['auto', 'always', 'mention']).optional(),
  interjections: z.int().min(0).max(2).optional(),
  relationships: z.boolean().optional(),
  facts: z.boolean().optional(),
  voiceWeight: z.number().min(0).max(1).optional(),
  spectatorsSeeState: z.boolean().optional(),
  budget: budgetInputSchema.optional(),
});
