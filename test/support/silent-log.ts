import type { Log } from '../../src/lib/log.ts';

export type RecordedLog = Log & { lines: { level: string; fields: object; message: string }[] };

/** A log that only remembers. */
export function createRecordedLog(): RecordedLog {
  const lines: RecordedLog['lines'] = [];
  const at = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, fields, message });
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
