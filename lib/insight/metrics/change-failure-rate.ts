import { Prisma } from '@/lib/core';
import type { Metric } from './metric';

export const changeFailureRate = {
  id: 'change_failure_rate',
  title: 'Change failure rate',
  group: 'delivery',
  unit: 'percent',
  direction: 'down',
  fold: 'mean',
  isKept: true,
  factor: 100,
  definition:
    'Of the releases in the period, the share that was rolled back, or after which an incident of level error opened, before the next release and within 7 days.',
  facts: 'releases',
  source: 'Releases, roll-backs in the audit log, incidents of quality; at once.',
  owner: 'Domain teams',
  minimum: 3,
  sql: ({ from, to }) => Prisma.sql`
    select r."createdAt" as at, r."productId", case when f.what is null then 0 else 1 end::float8 as num,
      1::float8 as den, 1 as n, r.id as key,
      'Release ' || r.number || ', version ' || r.version || ': ' || coalesce(f.what, 'held') as label
    from release r
    left join release x on x."productId" = r."productId" and x.number = r.number + 1
    cross join lateral (select least(coalesce(x."createdAt", 'infinity'), r."createdAt" + interval '7 days') as until) u
    cross join lateral (select case
      when exists (select 1 from audit_event e where e."productId" = r."productId" and e.action = 'product.rollback'
        and e.at > r."createdAt" and e.at < u.until) then 'rolled back'
      when exists (select 1 from quality_incident i where i."productId" = r."productId" and i.level = 'error'
        and i."openedAt" > r."createdAt" and i."openedAt" < u.until) then 'an incident opened' end as what) f
    where r."createdAt" >= ${from} and r."createdAt" < ${to}`,
} satisfies Metric;
