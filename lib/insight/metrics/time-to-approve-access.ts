import { Prisma } from '@/lib/core';
import { hoursBetween } from './hours';
import type { Metric } from './metric';

export const timeToApproveAccess = {
  id: 'time_to_approve_access',
  title: 'Time to decide on access',
  group: 'delivery',
  unit: 'hours',
  direction: 'down',
  fold: 'median',
  isKept: true,
  definition:
    'From a request for access to its approval or refusal, in the middle. Approvals by an owner’s rule count; requests that were withdrawn do not.',
  facts: 'decisions',
  source: 'Access requests; at once.',
  owner: 'Domain teams',
  minimum: 1,
  sql: ({ from, to }) => Prisma.sql`
    select i."decidedAt" as at, i."productId", ${hoursBetween('i."decidedAt"', 'i."createdAt"')} as num, null::float8 as den,
      1 as n, i.id as key, case when i.status = 'refused' then 'Refused' else 'Approved' end as label
    from access_request_item i where i."decidedAt" >= ${from} and i."decidedAt" < ${to} and i.status <> 'withdrawn'`,
} satisfies Metric;
