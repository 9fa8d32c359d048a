const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** 12,345 */
export const figure = (count: number) => whole.format(count);

/** 12.3K, where there is little room */
export const shortFigure = (count: number) => short.format(count);

/** "1 call", "2 calls" */
export const counted = (count: number, one: string) => `${figure(count)} ${one}${count === 1 ? '' : 's'}`;

/** Milliseconds as people say them: 340 ms, 2.1 s, 3 min 5 s. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return `${tenths / 10} s`;
  const seconds = Math.round(ms / 1_000);
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}

/** A share of a whole in percent. What is little is not nothing, and what lacks a little is not all. */
export function percent(part: number, all: number): string {
  if (all <= 0 || part <= 0) return '0%';
  const share = (100 * part) / all;
  if (share < 1) return 'under 1%';
  return `${share >= 100 ? Math.round(share) : Math.min(99, Math.round(share))}%`;
}

/** The middle of these, or what is between the two middle ones; undefined where there are none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

const days = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const fullDays = new Intl.DateTimeFormat('en', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/** "Jan 31", of a day of UTC such as `2026-01-31`. */
export const shortDay = (day: string) => days.format(new Date(`${day}T00:00:00Z`));
/** "Sat, Jan 31" */
export const fullDay = (day: string) => fullDays.format(new Date(`${day}T00:00:00Z`));
