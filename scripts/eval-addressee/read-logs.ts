import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';

const lineSchema = z.object({
  i: z.int(),
  speaker: z.string().min(1),
  text: z.string(),
  replyTo: z.array(z.int()).optional(),
  addressee: z.string().optional(),
});

/** A message as it was said, and, apart from it, what the annotators know: whom it is for, or that it begins something. */
export type LogMessage = {
  speaker: string;
  text: string;
  gold: { addressee?: string | undefined; isOpening: boolean };
};
export type Log = { name: string; messages: LogMessage[] };

/** Why the logs cannot be read. */
export class LogError extends Error {}

/** The logs (`*.jsonl`) of a folder, or one file. Throws a `LogError`. */
export function readLogs(path: string): Log[] {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
  if (isFolder === undefined) throw new LogError(`${path}: there is no such folder or file`);
  const files = isFolder
    ? readdirSync(path)
        .filter((name) => name.endsWith('.jsonl'))
        .sort()
        .map((name) => join(path, name))
    : [path];
  if (files.length === 0) throw new LogError(`${path}: there is no .jsonl file in it`);
  return files.map((file) => ({
    name: basename(file),
    messages: parseLog(readFileSync(file, 'utf8'), file),
  }));
}

export function parseLog(text: string, name: string): LogMessage[] {
  return text.split('\n').flatMap((line, index): LogMessage[] => {
    if (line.trim() === '') return [];
    const parsed = lineSchema.safeParse(jsonOf(line));
    if (!parsed.success) throw new LogError(`${name}:${index + 1}: is not a message of a log`);
    const { speaker, text: said, addressee, replyTo } = parsed.data;
    return [{ speaker, text: said, gold: { addressee, isOpening: replyTo?.length === 0 } }];
  });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
