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
  const run = await collect(options, work);
  return summed([run]);
}

interface Run {
  times: number[];
  seconds: number;
}

async function collect(
  options: { callers: number; budgetMs: number },
  work: (index: number) => unknown,
): Promise<Run> {
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
  return { times, seconds: (performance.now() - start) / 1000 };
}

function summed(runs: readonly Run[]): Measured {
  const times = runs.flatMap((run) => run.times).sort((a, b) => a - b);
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0);
  return { perSecond: times.length / seconds, p50Ms: at(times, 0.5), p99Ms: at(times, 0.99) };
}

interface Job {
  callers: number;
  budgetMs: number;
  work: (index: number) => unknown;
}

/**
 * Measures two works in turns, so that a machine that is busy with something else is as slow for the one as for
 * the other. @returns both, and the median over the turns of the second's rate in the first's
 */
export async function inTurns(
  turns: number,
  first: Job,
  second: Job,
): Promise<{ first: Measured; second: Measured; ratio: number }> {
  const runs: [Run, Run][] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    runs.push([await collect(first, first.work), await collect(second, second.work)]);
  }
  const rate = (run: Run) => run.times.length / run.seconds;
  const ratios = runs.map(([one, two]) => rate(two) / rate(one)).sort((a, b) => a - b);
  return {
    first: summed(runs.map(([one]) => one)),
    second: summed(runs.map(([, two]) => two)),
    ratio: at(ratios, 0.5),
  };
}

/** @param sorted ascending */
export function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
