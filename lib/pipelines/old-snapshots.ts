import { pool } from '@/lib/core';
import { discardSnapshots, QUARANTINE, withProductLock } from '@/lib/platform';

/** The newest that stay, the served one among them: what a person may want back. */
const KEPT = 3;

/**
 * Ready snapshots that nobody is served from: older than the newest three of their environment, and
 * superseded for more than a minute, so that a read that began on one can end. What the release before served
 * stays, for a rollback; so do rows in quarantine. A removal that was cut short is ended, and what was staged of a
 * withdrawn change goes at once.
 */
const OLD = `select s."productId", s.id from (
    select *, row_number() over (partition by "productId", environment order by number desc) as place,
      lead("createdAt") over (partition by "productId", environment order by number) as "supersededAt"
    from snapshot where status in ('ready', 'removing') and environment <> '${QUARANTINE}') s
  where (s.status = 'removing' or
      (s.place > $1 and s."supersededAt" < $2::timestamptz - interval '60 seconds') or
      exists (select 1 from product_environment e where e."productId" = s."productId"
        and e.environment = s.environment and e.environment = 'staging' and e.status = 'removed'))
    and not exists (select 1 from product_environment e where e."snapshotId" = s.id)
    and not exists (select 1 from release r where r."lastSnapshotId" = s.id)
  limit 200`;

/** Removes old snapshots with their files and keys. @returns how many */
export async function removeOldSnapshots(at: Date = new Date()): Promise<number> {
  const { rows } = await pool().query<{ productId: string; id: string }>(OLD, [KEPT, at]);
  const byProduct = new Map<string, string[]>();
  for (const { productId, id } of rows) {
    byProduct.set(productId, [...(byProduct.get(productId) ?? []), id]);
  }
  for (const [productId, snapshotIds] of byProduct) {
    await withProductLock(productId, () =>
      discardSnapshots(productId, { snapshotIds, onlyUnserved: true }),
    );
  }
  return rows.length;
}
