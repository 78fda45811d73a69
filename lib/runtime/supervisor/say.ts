const startedAt = Number(process.env.PORTOLAN_STARTED_AT ?? Date.now());

/** Seconds since the command was typed. */
export const elapsed = (): string => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Shows a step with how long it took; a line every ten seconds while it runs. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const began = Date.now();
  const took = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
  const ticker = setInterval(() => say(`    ${title}: still at it, ${took()}`), 10_000);
  try {
    const result = await work();
    say(`  ✓ ${title} (${took()})`);
    return result;
  } finally {
    clearInterval(ticker);
  }
}
