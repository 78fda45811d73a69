import { Prisma } from '@/lib/core';
import type { Kept } from '../figures/kept-days';
import { withParts } from '../figures/kept-windows';
import { measuredDays } from '../metrics/slo-days';
import type { Definition } from './definition';
import { type Rank, ROWS } from './rank';
import type { SeriesChart } from './series';

const KINDS = {
  ...{ availability: 'Availability', latency: 'Latency', freshness: 'Freshness' },
  ...{ completeness: 'Completeness', custom: 'Own formulas' },
};

/** `num` over `den` of the measured minutes, by the kind of their objective. */
const byKind =
  (num: Prisma.Sql, den: Prisma.Sql): SeriesChart['sql'] =>
  (window) =>
    Prisma.sql`select m.at, m."productId", m.kind as series, ${num} as num, ${den} as den, m.n
    from (${measuredDays(window, Prisma.sql`true`)}) m`;

const attainment = {
  id: 'slo_attainment',
  title: 'Attainment by kind of objective',
  about: 'The share of measured minutes that was good, every minute of every objective the same.',
  ...{ unit: 'percent', fold: 'mean', factor: 100, minimum: 60, names: KINDS },
  href: '/insight/metrics/error_budget_left',
  isKept: true,
  kinds: ['incident', 'release'],
  sql: byKind(Prisma.sql`m.num`, Prisma.sql`m.den`),
} satisfies SeriesChart;

const burn = {
  id: 'budget_burn',
  title: 'How fast budgets burn',
  about:
    'The minutes that failed, as a share of those that may fail. At 100% a budget lasts exactly as long as its window; above, it does not.',
  ...{ unit: 'percent', fold: 'mean', factor: 100, minimum: 60, names: KINDS },
  href: '/insight/metrics/error_budget_left',
  isKept: true,
  kinds: ['incident', 'release'],
  sql: byKind(Prisma.sql`m.den - m.num`, Prisma.sql`(1 - m.target) * m.den`),
} satisfies SeriesChart;

const alerts = {
  id: 'burn_alerts',
  title: 'Burn alerts',
  about: 'Budgets that began to burn fast enough for an alert, and those that stopped.',
  ...{ unit: 'count', fold: 'sum', minimum: 0 },
  names: { opened: 'Began', ended: 'Ended' },
  href: '/insight/metrics/time_to_restore',
  kinds: ['release'],
  sql: ({ from, to }) => Prisma.sql`
    select i."openedAt" as at, o."productId", 'opened' as series, 1::float8 as num, null::float8 as den, 1 as n
    from slo_incident i join slo_objective o on o.id = i."objectiveId"
    where i."openedAt" >= ${from} and i."openedAt" < ${to}
    union all
    select i."endedAt", o."productId", 'ended', 1, null, 1
    from slo_incident i join slo_objective o on o.id = i."objectiveId"
    where i."endedAt" >= ${from} and i."endedAt" < ${to}`,
} satisfies SeriesChart;

const kept: Kept = {
  id: 'worst_objectives',
  sql: (window) => measuredDays(window, Prisma.sql`true`),
  cell: Prisma.sql`f."objectiveId"`,
};
const worst = {
  id: kept.id,
  title: 'Objectives with the least budget left',
  about:
    'Of the minutes that may fail in the period, what is left. Below zero the promise is broken.',
  of: 'Objective',
  columns: [
    { key: 'left', label: 'Budget left', unit: 'percent' },
    { key: 'attained', label: 'Attained', unit: 'percent' },
    { key: 'target', label: 'Promised', unit: 'percent' },
    { key: 'measured', label: 'Measured minutes', unit: 'count' },
  ],
  empty: 'No objective has an hour of measured minutes in this period.',
  kept,
  read: async (_ctx, scope, period) => {
    const rows = await withParts(
      kept,
      period,
      (tx, parts) =>
        tx.$queryRaw<
          ({
            id: string;
            objective: string;
            address: string;
            title: string;
            isBurning: boolean;
          } & Record<'left' | 'attained' | 'target' | 'measured', number>)[]
        >`
      select w.*, o.title as objective, d.name || '/' || p.name as address, p.title,
        exists (select from slo_incident i where i."objectiveId" = w.id and i."endedAt" is null) as "isBurning"
      from (select o.id, o.target * 100 as target, sum(m.n)::float8 as measured, sum(m.num) / sum(m.den) * 100 as attained,
          (1 - (sum(m.den) - sum(m.num)) / nullif((1 - o.target) * sum(m.den), 0)) * 100 as left
        from (${parts}) m join slo_objective o on o.id = m.cell join product p on p.id = m."productId"
        where o."endedAt" is null and ${scope.where} group by o.id having sum(m.n) >= 60 order by "left" nulls last, 1 limit ${ROWS}) w
      join slo_objective o on o.id = w.id join product p on p.id = o."productId" join domain d on d.id = p."domainId"
      order by w."left" nulls last, w.id`,
    );
    return rows.map(({ id, objective, address, title, isBurning, ...cells }) => ({
      ...{ key: id, title: `${title}: ${objective}`, detail: address },
      href: `/products/${address}/slo`,
      alarm: isBurning ? 'burns' : null,
      cells: {
        left: cells.left,
        attained: cells.attained,
        target: cells.target,
        measured: cells.measured,
      },
    }));
  },
} satisfies Rank;

export const slos = {
  id: 'slos',
  title: 'SLOs and error budgets',
  about: 'Whether products keep what they promise, and how fast they use up what may fail.',
  metrics: ['api_availability', 'error_budget_left', 'processing_latency', 'time_to_restore'],
  drawn: ['error_budget_left', 'api_availability'],
  charts: [attainment, burn, alerts],
  ranks: [worst],
} satisfies Definition;
