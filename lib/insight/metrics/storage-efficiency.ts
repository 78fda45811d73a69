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
    from snapshot s left join (select x."snapshotId" as id, true as is_served from product_environment x
      where x.status = 'live' and x.environment <> 'staging' and x."snapshotId" is not null group by 1) e on e.id = s.id
    where s.status = 'ready' and s."sizeBytes" > 0`,
} satisfies Metric;
