/** How often a property is tried: `usual` times, or PROPERTY_RUNS times for a thorough look (`npm run test:properties`). */
export function runs(usual: number): { numRuns: number } {
  const wanted = Number(process.env.PROPERTY_RUNS);
  return { numRuns: Number.isInteger(wanted) && wanted > 0 ? wanted : usual };
}
