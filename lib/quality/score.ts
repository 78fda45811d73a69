export interface ScoredResult {
  dimension: string;
  score: number;
}

/** Share of good rows, 0–100 to two digits; nothing to look at is not a fault. */
export function scoreOf(failing: bigint, checked: bigint): number {
  if (checked <= 0n) return failing > 0n ? 0 : 100;
  const bad = failing > checked ? checked : failing;
  const score = Math.round((Number(checked - bad) / Number(checked)) * 10_000) / 100;
  // A single bad row among millions may not round up to a clean bill.
  return bad > 0n && score === 100 ? 99.99 : score;
}

/** The mean score of each dimension's rules. */
export function dimensionScores(results: readonly ScoredResult[]): Record<string, number> {
  const groups = new Map<string, number[]>();
  for (const { dimension, score } of results) {
    groups.set(dimension, [...(groups.get(dimension) ?? []), score]);
  }
  return Object.fromEntries(
    [...groups].map(([dimension, scores]) => {
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      return [dimension, Math.round(mean * 100) / 100];
    }),
  );
}
