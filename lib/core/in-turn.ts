import type { PoolClient } from 'pg';

type Ask = (...args: unknown[]) => unknown;

/**
 * Lets a connection take one query after the other: Prisma asks several of a transaction at once, which pg itself will
 * take no more. What answers by a callback, as the pool's own queries, and what submits itself waits for nothing.
 */
export function inTurn(client: PoolClient): void {
  const ask = client.query.bind(client) as Ask;
  let last: Promise<unknown> = Promise.resolve();
  const query: Ask = (...args) => {
    const [first] = args as [{ submit?: unknown } | undefined];
    if (typeof args.at(-1) === 'function' || typeof first?.submit === 'function') {
      return ask(...args);
    }
    const answer = last.then(() => ask(...args));
    last = answer.catch(() => undefined);
    return answer;
  };
  client.query = query as typeof client.query;
}
