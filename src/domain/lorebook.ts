import { z } from 'zod';
import { isJsonObject, type JsonObject, jsonObject } from './json.ts';
import { limits } from './limits.ts';

/** A lorebook as character cards have it, unknown fields included. */
export type Lorebook = JsonObject & { entries: unknown[] };

function hasFewKeys({ entries }: JsonObject): boolean {
  if (!Array.isArray(entries) || entries.length > limits.lorebookEntries) return false;
  const keys = entries.map((entry) =>
    isJsonObject(entry) ? countOf(entry.keys) + countOf(entry.secondary_keys) : 0,
  );
  return keys.reduce((sum, count) => sum + count, 0) <= limits.lorebookKeys;
}

const countOf = (keys: unknown) => (Array.isArray(keys) ? keys.length : 1);

export const lorebookSchema = jsonObject(limits.lorebook)
  .refine(({ entries }) => Array.isArray(entries), { error: 'entries must be a list', abort: true })
  .refine(hasFewKeys, `holds at most ${limits.lorebookEntries} entries and ${limits.lorebookKeys} keys`)
  .transform((book) => book as Lorebook);

/** Messages that are searched for keys where the book does not say. */
const usualDepth = 4;
const maxDepth = 100;
/** Characters of the latest messages that are searched. */
const searched = 20_000;

const keyList = z.preprocess(
  (keys) => (typeof keys === 'string' ? keys.split(',') : keys),
  z.array(z.string()).transform((keys) => keys.map((key) => key.trim()).filter((key) => key !== '')),
);

/** An entry as far as it is used; what is missing or odd has its usual value. */
const entrySchema = z.object({
  keys: keyList.catch([]),
  secondary_keys: keyList.catch([]),
  content: z.string().transform(withoutDecorators),
  enabled: z.boolean().catch(true),
  insertion_order: z.number().catch(100),
  priority: z.number().optional().catch(undefined),
  selective: z.boolean().catch(false),
  constant: z.boolean().catch(false),
  case_sensitive: z.boolean().catch(false),
  use_regex: z.boolean().catch(false),
});
type Entry = z.infer<typeof entrySchema>;

export type LoreEntry = {
  content: string;
  /** Where tokens are short, what has the lowest goes first. */
  priority: number;
};

/**
 * What a lorebook has to say on the latest of `recentTexts` (oldest first), in the order in which it should be said. A
 * key matches where it occurs. Patterns are never run: of an entry with `use_regex`, keys that are plain words count.
 */
export function matchingEntries(book: Lorebook, recentTexts: readonly string[]): LoreEntry[] {
  const depth = typeof book.scan_depth === 'number' ? book.scan_depth : usualDepth;
  const count = Math.min(maxDepth, Math.max(0, Math.floor(depth)));
  const text = count === 0 ? '' : recentTexts.slice(-count).join('\n').slice(-searched);
  const texts = { exact: text, lower: text.toLowerCase() };
  return book.entries
    .flatMap((raw) => entrySchema.safeParse(raw).data ?? [])
    .filter((entry) => entry.enabled && entry.content !== '' && isCalled(entry, texts))
    .toSorted((a, b) => a.insertion_order - b.insertion_order)
    .map(({ content, priority, insertion_order }) => ({ content, priority: priority ?? insertion_order }));
}

type Texts = { exact: string; lower: string };

function isCalled(entry: Entry, texts: Texts): boolean {
  if (entry.constant && !entry.use_regex) return true;
  const occurs = (key: string) =>
    (!entry.use_regex || isPlain(key)) &&
    (entry.case_sensitive ? texts.exact.includes(key) : texts.lower.includes(key.toLowerCase()));
  if (!entry.keys.some(occurs)) return false;
  const needsSecond = entry.selective && !entry.use_regex && entry.secondary_keys.length > 0;
  return !needsSecond || entry.secondary_keys.some(occurs);
}

/** Whether a pattern means itself. */
function isPlain(pattern: string): boolean {
  return /^[\p{L}\p{M}\p{N} '_-]+$/u.test(pattern);
}

/** Lines that begin with `@@` give instructions on where to insert the rest, none of which are followed. */
function withoutDecorators(content: string): string {
  const lines = content.trim().split('\n');
  const first = lines.findIndex((line) => !line.startsWith('@@'));
  return first < 0 ? '' : lines.slice(first).join('\n').trim();
}
