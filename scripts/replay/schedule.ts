const minute = 60_000;
const day = 24 * 60;

/**
 * When each message of a log is due, in milliseconds after the first. Stamps only tell the minute, so the messages of
 * one are spread evenly over it. A stamp far behind the one before is of the next day; one a little behind (clocks were
 * set, lines crossed) counts as the same minute.
 */
export function schedule(stamps: readonly string[]): number[] {
  const minutes = minutesOf(stamps);
  const first = minutes[0] ?? 0;
  const inMinute = new Map<number, number>();
  for (const at of minutes) inMinute.set(at, (inMinute.get(at) ?? 0) + 1);
  const placed = new Map<number, number>();
  return minutes.map((at) => {
    const place = placed.get(at) ?? 0;
    placed.set(at, place + 1);
    return (at - first) * minute + (place * minute) / (inMinute.get(at) ?? 1);
  });
}

/** The stamps as minutes since the first day's midnight, never going back. */
function minutesOf(stamps: readonly string[]): number[] {
  let last = 0;
  return stamps.map((stamp, index) => {
    const [hours = 0, minutes = 0] = stamp.split(':').map(Number);
    const ofDay = hours * 60 + minutes;
    if (index === 0) last = ofDay;
    const behind = (((last - ofDay) % day) + day) % day;
    // Up to half a day behind is a step back; more than that is a step forward.
    if (behind > day / 2) last += day - behind;
    return last;
  });
}
