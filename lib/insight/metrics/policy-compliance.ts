import { Prisma } from '@/lib/core';
import type { Metric } from './metric';

/** What changes whether a product counts, and whether it is compliant: releases, retirements, violations that open and end. */
const changes = (to: Date) => Prisma.sql`
  select v."productId", e.at, e.id as key, case e.kind when 'resolved' then -1 else 1 end as violations, 0 as lives,
    case e.kind when 'resolved' then 'Resolved: ' else 'Opened: ' end || v.title as label
  from violation_event e join violation v on v.id = e."violationId"
  where v.level = 'error' and e.kind in ('opened', 'reopened', 'resolved') and e.at < ${to}
  union all
  select r."productId", r."createdAt", r.id, 0, 1, 'In production'
  from release r where r.number = 1 and r."createdAt" < ${to}
  union all
  select o.id, o."retiredAt", o.id || ':retired', 0, -1, 'Retired'
  from product o where o."retiredAt" < ${to} and exists (select 1 from release r where r."productId" = o.id)`;

export const policyCompliance = {
  id: 'policy_compliance',
  title: 'Policy compliance',
  group: 'delivery',
  unit: 'percent',
  direction: 'up',
  fold: 'share',
  factor: 100,
  definition:
    'Of the products in production or deprecated, the share without an open violation of level error. What is acknowledged is still open; what is waived is not. The past is told by when violations opened and ended, with the level that they have now.',
  facts: 'products that began or ceased to be compliant',
  observations: 'products',
  source: 'Releases, and violations that the compliance monitor holds; as old as its last round.',
  owner: 'Governance',
  minimum: 1,
  sql: ({ to }) => Prisma.sql`
    select * from (select at, "productId", (good - lag(good, 1, 0) over w)::float8 as num, (alive - lag(alive, 1, 0) over w)::float8 as den,
      alive - lag(alive, 1, 0) over w as n, key, label
    from (select c."productId", c.at, c.key, c.label, sum(c.lives) over v as alive,
        case when sum(c.lives) over v > 0 and sum(c.violations) over v <= 0 then 1 else 0 end as good
      from (${changes(to)}) c window v as (partition by c."productId" order by c.at, c.key)) s
    window w as (partition by "productId" order by at, key)) f where f.num <> 0 or f.den <> 0`,
} satisfies Metric;
