import { z } from 'zod';
import { limits } from '../../src/domain/limits.ts';
import { nameSchema, storableText } from '../../src/domain/text.ts';

const lineSchema = z.object({
  /** Names the line; others reply to it by this number. */
  i: z.int(),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time as HH:MM'),
  speaker: nameSchema,
  text: z.string().max(limits.messageText).transform(storableText),
  /** Nearest first. */
  replyTo: z.array(z.int()).default([]),
});
export type LogLine = z.infer<typeof lineSchema>;

/** A log as it can be played; `blank` counts the lines that say nothing, which no room takes. */
export type ParsedLog = { lines: LogLine[]; blank: number };

/** Why a log cannot be played, with the line it is about. */
export class LogError extends Error {}

const isBlank = (text: string) => !/[^\p{Z}\p{Cc}\p{Cf}]/u.test(text);

/** Reads an IRC log: one JSON object a line, empty lines between them are passed over. Throws a `LogError`. */
export function parseLog(content: string): ParsedLog {
  const known = new Set<number>();
  const lines: LogLine[] = [];
  let blank = 0;
  for (const [index, json] of content
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (json.trim() === '') continue;
    const line = parseLine(json, index + 1);
    if (known.has(line.i)) throw new LogError(`line ${index + 1}: i ${line.i} was used by an earlier line`);
    known.add(line.i);
    if (isBlank(line.text)) blank += 1;
    else lines.push(line);
  }
  if (lines.length === 0) throw new LogError('there is no message in it');
  return { lines, blank };
}

function parseLine(json: string, number: number): LogLine {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new LogError(`line ${number}: not JSON`);
  }
  const parsed = lineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new LogError(
    `line ${number}: ${field === '' ? '' : `${field}: `}${issue?.message ?? 'not a message'}`,
  );
}
