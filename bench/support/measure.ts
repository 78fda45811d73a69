export interface Measured {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Every so many calls the process's other work has its turn: what answers at once would never give way. */
const BREATH = 64;

/** Calls `work` from `callers` loops until the time is up. */
export async function measure(
  options: { callers: number; budgetMs: number },
  work: (index: number) => unknown,
): Promise<Measured> {
  const times: number[] = [];
  let next = 0;
  const start = performance.now();
  const loop = async () => {
    while (performance.now() - start < options.budgetMs) {
      const begun = performance.now();
      await work(next++);
      times.push(performance.now() - begun);
      if (times.length % BREATH === 0) await new Promise(setImmediate);
    }
  };
  await Promise.all(Array.from({ length: options.callers }, loop));
  const seconds = (performance.now() - start) / 1000;
  times.sort((a, b) => a - b);
  return { perSecond: times.length / seconds, p50Ms: at(times, 0.5), p99Ms: at(times, 0.99) };
}

/** @param sorted ascending */
export function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
