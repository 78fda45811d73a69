import { Prisma } from '@/lib/core';
import { hoursBetween } from './hours';
import type { Metric } from './metric';

export const timeToRestore = {
  id: 'time_to_restore',
  title: 'Time to restore',
  group: 'delivery',
  unit: 'hours',
  direction: 'down',
  fold: 'median',
  definition:
    'How long what was broken stayed so, in the middle: incidents of quality of level error, and fast burns of an error budget, that ended in the period.',
  facts: 'incidents that ended',
  source: 'Incidents of quality and objectives; at once.',
  owner: 'Domain teams',
  minimum: 1,
  sql: ({ from, to }) => Prisma.sql`
    select i."resolvedAt" as at, i."productId", ${hoursBetween('i."resolvedAt"', 'i."openedAt"')} as num, null::float8 as den,
      1 as n, i.id as key, 'Quality: ' || i."ruleName" as label
    from quality_incident i where i.level = 'error' and i."resolvedAt" >= ${from} and i."resolvedAt" < ${to}
    union all
    select i."endedAt", o."productId", ${hoursBetween('i."endedAt"', 'i."openedAt"')}, null, 1, i.id, 'Objective: ' || o.title
    from slo_incident i join slo_objective o on o.id = i."objectiveId"
    where i.policy = 'fast' and i."endedAt" >= ${from} and i."endedAt" < ${to}`,
} satisfies Metric;
