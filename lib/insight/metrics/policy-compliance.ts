import { now, Prisma } from '@/lib/core';
import type { Metric } from './metric';

export const policyCompliance = {
  id: 'policy_compliance',
  title: 'Policy compliance',
  group: 'delivery',
  unit: 'percent',
  direction: 'up',
  fold: 'state',
  factor: 100,
  definition:
    'Of the products in production, the share without an open violation of level error. What is acknowledged is still open; what is waived is not.',
  facts: 'products',
  source: 'Violations that the compliance monitor holds; as old as its last round.',
  owner: 'Governance',
  minimum: 1,
  sql: () => Prisma.sql`
    select ${now()}::timestamptz as at, o.id as "productId", case when v.n = 0 then 1 else 0 end::float8 as num,
      1::float8 as den, 1 as n, o.id as key, case v.n when 0 then 'Nothing open' when 1 then '1 violation open'
        else v.n || ' violations open' end as label
    from product o cross join lateral (select count(*) as n from violation x
      where x."productId" = o.id and x.status <> 'resolved' and x.level = 'error') v
    where o.status in ('production', 'deprecated')`,
} satisfies Metric;
