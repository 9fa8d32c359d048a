const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
/** `June 19, 2023 2:20pm` */
const spoken = /^([A-Za-z]{3})[a-z]* (\d{1,2}), (\d{4}) (\d{1,2}):(\d{2}) ?([ap])m$/i;
/** `2023-6-19 @14h 20m 30s 123ms` */
const stamped = /^(\d{4})-(\d{1,2})-(\d{1,2}) ?@(\d{1,2})h ?(\d{1,2})m ?(\d{1,2})s(?: ?(\d{1,3})ms)?$/;

/** The dates SillyTavern has written over time, as ISO 8601; those without a zone are taken as UTC. Undefined for others. */
export function readSendDate(value: unknown): string | undefined {
  const time =
    typeof value === 'number' ? value : typeof value === 'string' ? timeOf(value.trim()) : Number.NaN;
  // Years of four digits alone sort as they count.
  return time >= 0 && time < Date.UTC(9999, 0) ? new Date(time).toISOString() : undefined;
}

function timeOf(text: string): number {
  if (/^\d{12,14}$/.test(text)) return Number(text);
  if (iso.test(text)) return Date.parse(text);
  const [, month, day, year, hour, minute, half] = spoken.exec(text) ?? [];
  if (month !== undefined) {
    const index = months.indexOf(month.toLowerCase());
    const hours = (Number(hour) % 12) + (half?.toLowerCase() === 'p' ? 12 : 0);
    return index < 0 ? Number.NaN : Date.UTC(Number(year), index, Number(day), hours, Number(minute));
  }
  const [, y, m, d, h, min, s, ms] = stamped.exec(text)?.map(Number) ?? [];
  if (y === undefined || m === undefined) return Number.NaN;
  return Date.UTC(y, m - 1, d, h, min, s, Number.isNaN(ms) ? 0 : ms);
}
