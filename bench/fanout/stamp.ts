/**
 * Tokens of the benchmark are ten characters that tell when they were due, by the machine's monotonic clock, which all
 * its processes share: `~` and microseconds in base 36.
 */
export const stampLength = 10;

/** Microseconds; the same clock in every process. */
export function nowMicros(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

/** Does something when it is due, or at once when that has passed. */
export function whenDue(micros: number, work: () => void): void {
  setTimeout(work, Math.max(0, (micros - nowMicros()) / 1_000));
}

export function stamp(micros: number): string {
  return `~${Math.round(micros)
    .toString(36)
    .padStart(stampLength - 1, '0')}`;
}

/** Calls back with the due time of every token in a frame. */
export function eachStamp(frame: string, take: (micros: number) => void): void {
  for (let at = frame.indexOf('~'); at !== -1; at = frame.indexOf('~', at + stampLength)) {
    take(Number.parseInt(frame.slice(at + 1, at + stampLength), 36));
  }
}

const mark = 'asked at ';

/** A message that tells when it was to be sent, whenever it was. */
export function question(micros: number): string {
  return `Go on, please; ${mark}${stamp(micros)}.`;
}

/** When the last question in a request was to be sent; undefined where there is none. */
export function askedAt(request: string): number | undefined {
  const at = request.lastIndexOf(`${mark}~`);
  if (at === -1) return undefined;
  const digits = request.slice(at + mark.length + 1, at + mark.length + stampLength);
  const micros = Number.parseInt(digits, 36);
  return Number.isNaN(micros) ? undefined : micros;
}
