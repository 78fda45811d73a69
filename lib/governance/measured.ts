import { pool } from '@/lib/core';
import type { Measured } from './cel/facts';

interface Row {
  id: string;
  isLive: boolean;
  rowCount: string | null;
  sizeBytes: string | null;
  ageHours: number | null;
  isEncrypted: boolean | null;
  grants: number;
  scores: Record<string, unknown> | null;
}

const MEASURED = `select p.id, coalesce(e.status = 'live', false) as "isLive", s."rowCount"::text, s."sizeBytes"::text,
    extract(epoch from (clock_timestamp() - s."createdAt")) / 3600 as "ageHours",
    (select bool_and(f."wrappedKey" is not null) from snapshot_file f where f."snapshotId" = s.id) as "isEncrypted",
    (select count(*)::int from "grant" g where g."productId" = p.id and g."revokedAt" is null
      and (g."expiresAt" is null or g."expiresAt" > clock_timestamp())) as grants,
    q.scores
  from product p
  left join product_environment e on e."productId" = p.id and e.environment = 'production'
  left join snapshot s on s.id = e."snapshotId"
  left join lateral (select scores from quality_run where "productId" = p.id and environment = 'production'
    and "finishedAt" is not null
    order by "startedAt" desc limit 1) q on true
  where p.id = any($1)`;

const score = (scores: Record<string, unknown> | null, name: string): number | undefined => {
  const value = scores?.[name];
  return typeof value === 'number' ? value : undefined;
};

/** What the portal measured about products, for rules to look at: one statement however many they are. */
export async function measuredOf(productIds: readonly string[]): Promise<Map<string, Measured>> {
  if (productIds.length === 0) return new Map();
  const { rows } = await pool().query<Row>({
    name: 'governance_measured',
    text: MEASURED,
    values: [productIds],
  });
  return new Map(rows.map((row) => [row.id, toMeasured(row)]));
}

function toMeasured(row: Row): Measured {
  const measured: Measured = { isLive: row.isLive, grants: row.grants };
  if (row.rowCount !== null) measured.rowCount = Number(row.rowCount);
  if (row.sizeBytes !== null) measured.sizeBytes = Number(row.sizeBytes);
  if (row.ageHours !== null) measured.ageHours = Number(row.ageHours);
  if (row.isEncrypted !== null) measured.isEncrypted = row.isEncrypted;
  for (const name of ['completeness', 'accuracy', 'consistency'] as const) {
    const value = score(row.scores, name);
    if (value !== undefined) measured[name] = value;
  }
  return measured;
}
