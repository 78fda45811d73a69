import { db, now, pool } from '@/lib/core';
import { type Anomaly, freshnessAnomaly, MOST_HISTORY, volumeAnomaly } from './detect';

/** Loads of a product, newest first; what retention, erasure or a remediation wrote anew is no load. */
const LOADS = `select s.id, s."rowCount"::float8 as rows, s."createdAt" as at from snapshot s
  where s."productId" = $1 and s.environment = 'production' and s.status <> 'building'
    and coalesce(s."runId", '') not like '%:%'
    and not exists (select 1 from quality_remediation m where m.id = s."runId")
  order by s.number desc limit $2`;

export interface Load {
  id: string;
  rows: number;
  at: Date;
}

export async function loadsOf(productId: string, most = MOST_HISTORY + 1): Promise<Load[]> {
  const { rows } = await pool().query<Load>(LOADS, [productId, most]);
  return rows;
}

/** What is unusual about the newest load of a product, beside those before it. */
export async function anomaliesOf(productId: string): Promise<Anomaly[]> {
  const [[newest, ...earlier], pipeline] = await Promise.all([
    loadsOf(productId),
    db().pipeline.findUnique({ where: { productId }, select: { schedule: true } }),
  ]);
  if (!newest) return [];
  const times = [newest, ...earlier].map((load) => load.at.getTime());
  const gaps = times.slice(0, -1).map((at, index) => at - times[index + 1]!);
  return [
    volumeAnomaly(
      earlier.map((load) => load.rows),
      newest.rows,
    ),
    // What is loaded by hand has no rhythm that it could miss.
    pipeline && pipeline.schedule !== 'manual'
      ? freshnessAnomaly(gaps, now().getTime() - newest.at.getTime())
      : null,
  ].filter((one) => one !== null);
}
