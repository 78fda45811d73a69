import { now, Prisma } from '@/lib/core';
import type { Metric } from './metric';

export const storageEfficiency = {
  id: 'storage_efficiency',
  title: 'Storage efficiency',
  group: 'technical',
  unit: 'percent',
  direction: 'up',
  fold: 'state',
  factor: 100,
  definition:
    'Of the bytes that are stored now, the share that is served: the snapshots of production and of versions beside it, against every snapshot that is kept. Older snapshots, staging and quarantine lower it.',
  facts: 'snapshots kept',
  source: 'Snapshots as they stand; at once. The past is not kept.',
  owner: 'Platform team',
  minimum: 1,
  sql: () => Prisma.sql`
    select ${now()}::timestamptz as at, s."productId",
      case when e.is_served then s."sizeBytes" else 0 end::float8 as num, s."sizeBytes"::float8 as den, 1 as n, s.id as key,
      'Snapshot ' || s.number || ' of ' || s.environment || ', ' || s."sizeBytes" || ' bytes, ' ||
        case when e.is_served then 'served' else 'kept' end as label
    from snapshot s cross join lateral (select exists (select 1 from product_environment x
      where x."productId" = s."productId" and x."snapshotId" = s.id and x.status = 'live'
        and x.environment <> 'staging') as is_served) e
    where s.status = 'ready' and s."sizeBytes" > 0`,
} satisfies Metric;
