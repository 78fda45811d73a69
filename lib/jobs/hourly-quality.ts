import { db, enqueue, now, pool, transact } from '@/lib/core';
import type { RunDeps } from '@/lib/provisioning';

const HOUR_MS = 3_600_000;
const DUE = `select e."productId" from product_environment e
  where e.environment = 'production' and e.status = 'live' and e."snapshotId" is not null
    and exists (select 1 from quality_rule r where r."productId" = e."productId" and r."isEnabled")
    and not exists (select 1 from quality_run q where q."productId" = e."productId" and q.environment = 'production'
      and q."startedAt" > $1::timestamptz - interval '1 hour')
  order by e."productId" limit 200`;

/**
 * Enqueues a check of every live product that has not been checked for an hour (spec, "Compliance
 * Monitoring"): freshness ages without a load. The key makes it one check an hour, whoever asks.
 */
export async function fireHourlyQuality(): Promise<number> {
  const at = now();
  const hour = Math.floor(at.getTime() / HOUR_MS);
  const { rows } = await pool().query<{ productId: string }>(DUE, [at]);
  for (const { productId } of rows) {
    await transact((tx) =>
      enqueue(tx, {
        workflow: 'quality',
        queue: 'quality',
        key: `quality:${productId}:${hour}`,
        args: [productId],
      }),
    );
  }
  return rows.length;
}

/** Checks what a product serves now; a product that was retired meanwhile is left alone. */
export async function checkServed(deps: RunDeps, productId: string): Promise<void> {
  const served = await db().productEnvironment.findFirst({
    where: { productId, environment: 'production', status: 'live' },
  });
  if (served?.snapshotId) await deps.services.checkQuality(productId, served.snapshotId);
}
