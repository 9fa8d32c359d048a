import type { OfferedSource } from '../../../src/domain/offered-source.ts';

/** What a reply was offered, by whether it used it; each in the order of its numbers. */
export function byUse(sources: readonly OfferedSource[], citations: readonly number[]) {
  const sorted = sources.toSorted((a, b) => a.number - b.number);
  return {
    used: sorted.filter(({ number }) => citations.includes(number)),
    unused: sorted.filter(({ number }) => !citations.includes(number)),
  };
}

/** The numbers that a reply which is being written may cite. */
export function numbersOf(sources: readonly OfferedSource[]): number[] {
  return sources.map(({ number }) => number);
}

/** Where in a recording a passage is. */
export function timeWords(milliseconds: number): string {
  const whole = Math.floor(milliseconds / 1_000);
  const two = (part: number) => `${part}`.padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}
