import { Prisma } from '@/lib/core';
import { type Kept, ONE_CELL } from '../figures/kept-days';
import { withParts } from '../figures/kept-windows';
import { dataQualityScore } from '../metrics/data-quality-score';
import type { Definition } from './definition';
import { type Rank, ROWS } from './rank';
import type { SeriesChart } from './series';

const dimensions = {
  id: 'score_by_dimension',
  title: 'Score by dimension',
  about: 'The mean of each dimension over the quality runs of what production serves.',
  ...{ unit: 'percent', fold: 'mean', minimum: 1 },
  names: {
    ...{ completeness: 'Completeness', accuracy: 'Accuracy', consistency: 'Consistency' },
    ...{ uniqueness: 'Uniqueness', freshness: 'Freshness', volume: 'Volume' },
    distribution: 'Distribution',
  },
  href: '/insight/metrics/data_quality_score',
  isKept: true,
  kinds: ['incident', 'release'],
  sql: ({ from, to }) => Prisma.sql`
    select q."startedAt" as at, q."productId", s.key as series, s.value::float8 as num, 1::float8 as den, 1 as n
    from quality_run q cross join lateral jsonb_each_text(q.scores) s
    where q.environment = 'production' and q."finishedAt" is not null
      and q."startedAt" >= ${from} and q."startedAt" < ${to}`,
} satisfies SeriesChart;

const incidents = {
  id: 'quality_incidents',
  title: 'Incidents',
  about: 'Rules that began to fail, and those that hold again.',
  ...{ unit: 'count', fold: 'sum', minimum: 0 },
  names: { opened: 'Opened', resolved: 'Over' },
  href: '/governance/incidents?status=all',
  kinds: ['release', 'policy'],
  sql: ({ from, to }) => Prisma.sql`
    select i."openedAt" as at, i."productId", 'opened' as series, 1::float8 as num, null::float8 as den, 1 as n
    from quality_incident i where i."openedAt" >= ${from} and i."openedAt" < ${to}
    union all
    select i."resolvedAt", i."productId", 'resolved', 1, null, 1
    from quality_incident i where i."resolvedAt" >= ${from} and i."resolvedAt" < ${to}`,
} satisfies SeriesChart;

const kept: Kept = { id: 'worst_products', sql: dataQualityScore.sql, cell: ONE_CELL };
const worst = {
  id: kept.id,
  title: 'Products with the lowest score',
  about: 'The mean score of the quality runs in the period, lowest first.',
  of: 'Product',
  columns: [
    { key: 'score', label: 'Score', unit: 'percent' },
    { key: 'before', label: 'Before', unit: 'percent' },
    { key: 'open', label: 'Open incidents', unit: 'count' },
  ],
  empty: 'No quality run over what production serves in this period.',
  kept,
  read: async (_ctx, scope, period) => {
    const { compare, previousFrom, previousTo } = period;
    const facts = kept.sql({ from: previousFrom, to: previousTo });
    const rows = await withParts(
      kept,
      period,
      (tx, parts) =>
        tx.$queryRaw<
          {
            id: string;
            address: string;
            title: string;
            score: number;
            before: number | null;
            open: number;
          }[]
        >`
      select w.*, p.title, d.name || '/' || p.name as address,
        (select avg(f.num) from (${facts}) f where f."productId" = w.id) as before,
        (select count(*)::int from quality_incident i where i."productId" = w.id and i.status = 'open') as open
      from (select p.id, sum(m.num) / sum(m.den) as score from (${parts}) m join product p on p.id = m."productId"
        where ${scope.where} group by p.id order by score, p.id limit ${ROWS}) w
      join product p on p.id = w.id join domain d on d.id = p."domainId" order by w.score, w.id`,
    );
    return rows.map(({ id, address, title, score, before, open }) => ({
      ...{ key: id, title, detail: address, href: `/products/${address}/quality` },
      alarm: open > 0 ? 'incident open' : null,
      cells: { score, before: compare === 'none' ? null : before, open },
    }));
  },
} satisfies Rank;

export const quality = {
  id: 'quality',
  title: 'Quality',
  about: 'How good the rows are that production serves, and how fast what breaks is mended.',
  metrics: ['data_quality_score', 'time_to_restore', 'change_failure_rate', 'processing_latency'],
  drawn: ['data_quality_score', 'time_to_restore'],
  charts: [dimensions, incidents],
  ranks: [worst],
} satisfies Definition;
