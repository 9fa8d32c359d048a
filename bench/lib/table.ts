import type { Spread } from './stats.ts';

/** A number as a person reads it: thousands with commas, small ones with enough digits. */
export function figure(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '∞';
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** `12.3 (11.9–13.0)`: the median, and the least and the most. */
export function spread({ median, min, max }: Spread): string {
  if (Number.isNaN(median)) return '–';
  return `${figure(median)} (${figure(min)}–${figure(max)})`;
}

/** A markdown table, its columns aligned for those who read it as text. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
