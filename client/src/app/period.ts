/** The numbers of days that a room's usage is shown of. */
export const periods = [7, 30, 90] as const;
export type Period = (typeof periods)[number];

const usual: Period = 30;

/** The period that an address's search names, such as `?days=7`; 30 days where it names none there is. */
export function periodOf(search: string): Period {
  const wanted = new URLSearchParams(search).get('days');
  return periods.find((days) => `${days}` === wanted) ?? usual;
}

/** Where a room's usage is. */
export function usageAddress(roomId: string, days: Period = usual): string {
  return `/rooms/${roomId}/usage${days === usual ? '' : `?days=${days}`}`;
}
