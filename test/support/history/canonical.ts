/** A value as text, the same for the same content: keys in order, and what is undefined left out, as on the wire. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

export const isSame = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);
