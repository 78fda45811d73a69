import { Prisma } from '@/lib/core';
import type { Metric } from './metric';

export const processingLatency = {
  id: 'processing_latency',
  title: 'Processing latency',
  group: 'technical',
  unit: 'milliseconds',
  direction: 'down',
  fold: 'median',
  isKept: true,
  definition:
    'How long a pipeline’s run takes in the middle: from its begin to its end, of runs that succeeded. Waiting for a worker is not part of it.',
  facts: 'pipeline runs',
  source: 'Pipeline runs by their end; at once.',
  owner: 'Platform team',
  minimum: 1,
  sql: ({ from, to }) => Prisma.sql`
    select r."finishedAt" as at, r."productId",
      (extract(epoch from r."finishedAt" - r."startedAt") * 1000)::float8 as num, null::float8 as den, 1 as n, r.id as key,
      r.trigger || ', ' || coalesce(r."rowsWritten", 0) || ' rows written' as label
    from pipeline_run r where r.status = 'succeeded' and r."startedAt" is not null
      and r."finishedAt" >= ${from} and r."finishedAt" < ${to}`,
} satisfies Metric;
