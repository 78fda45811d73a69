import { db, now, Prisma } from '@/lib/core';
import type { Definition } from './definition';
import { type Rank, ROWS, reachOf } from './rank';
import type { SeriesChart } from './series';

const LIST = '/governance/violations';

const violations = {
  id: 'violations',
  title: 'Violations',
  about: 'What the monitor found in products that you have to do with, and what was over.',
  ...{ unit: 'count', fold: 'sum', minimum: 0 },
  names: { opened: 'Opened', resolved: 'Over' },
  href: `${LIST}?status=all`,
  kinds: ['policy', 'release'],
  sql: ({ from, to }, ctx) => Prisma.sql`
    select e.at, v."productId", case when e.kind = 'resolved' then 'resolved' else 'opened' end as series,
      1::float8 as num, null::float8 as den, 1 as n
    from violation_event e join violation v on v.id = e."violationId" join product p on p.id = v."productId"
    where e.kind in ('opened', 'reopened', 'resolved') and e.at >= ${from} and e.at < ${to}
      and ${reachOf(ctx, 'v."assigneeId"')}`,
} satisfies SeriesChart;

const refusals = {
  id: 'refused_reads',
  title: 'Reads that were refused',
  about:
    'Reads that were answered with a status from 400 to 499: no access, a wrong purpose, a limit, a wrong question.',
  ...{ unit: 'count', fold: 'sum', minimum: 0 },
  names: { refused: 'Refused' },
  href: '/insight/metrics/time_to_approve_access',
  kinds: ['policy', 'release'],
  sql: ({ from, to }) => Prisma.sql`
    select d.day as at, d."productId", 'refused' as series, d.refused::float8 as num, null::float8 as den, d.refused as n
    from usage_day d where d.day >= ${from} and d.day < ${to} and d.refused > 0`,
  byDomain: ({ from, to }) => Prisma.sql`
    select d.day as at, d."domainId", 'refused' as cell, d.refused::float8 as num, null::float8 as den, d.refused as n
    from usage_domain_day d where d.day >= ${from} and d.day < ${to} and d.refused > 0`,
} satisfies SeriesChart;

const byRule = {
  id: 'violations_by_rule',
  title: 'By rule',
  about: 'What is open now of products that you have to do with, and what changed in the period.',
  of: 'Rule',
  columns: [
    { key: 'errors', label: 'Open errors', unit: 'count' },
    { key: 'warnings', label: 'Open warnings', unit: 'count' },
    { key: 'opened', label: 'Opened', unit: 'count' },
    { key: 'resolved', label: 'Over', unit: 'count' },
  ],
  empty: 'Nothing is open, and nothing was found in this period.',
  read: async (ctx, scope, { from, to }) => {
    const rows = await db().$queryRaw<
      { rule: string; errors: number; warnings: number; opened: number; resolved: number }[]
    >`
      select v.rule, count(*) filter (where v.status <> 'resolved' and v.level = 'error')::int as errors,
        count(*) filter (where v.status <> 'resolved' and v.level <> 'error')::int as warnings,
        coalesce(sum(e.opened), 0)::int as opened, coalesce(sum(e.resolved), 0)::int as resolved
      from violation v join product p on p.id = v."productId"
      left join (select x."violationId", count(*) filter (where x.kind <> 'resolved') as opened,
          count(*) filter (where x.kind = 'resolved') as resolved
        from violation_event x where x.kind in ('opened', 'reopened', 'resolved') and x.at >= ${from} and x.at < ${to}
        group by 1) e on e."violationId" = v.id
      where (v.status <> 'resolved' or e."violationId" is not null) and ${scope.where} and ${reachOf(ctx, 'v."assigneeId"')}
      group by 1 order by errors desc, warnings desc, opened desc, 1 limit ${ROWS}`;
    return rows.map(({ rule, ...cells }) => ({
      ...{ key: rule, title: rule, detail: '', href: `${LIST}?rule=${rule}` },
      alarm: cells.errors > 0 ? 'error open' : null,
      cells,
    }));
  },
} satisfies Rank;

const waivers = {
  id: 'waivers_ending',
  title: 'Waivers that end next',
  about:
    'What is accepted until a day, of what you have to do with. After it the finding counts again.',
  of: 'Waiver',
  columns: [{ key: 'ends', label: 'Ends', unit: 'date' }],
  empty: 'No waiver is in force.',
  read: async (ctx, scope) => {
    const rows = await db().$queryRaw<
      { id: string; ruleId: string; address: string; title: string; expiresAt: Date }[]
    >`
      select w.id, w."ruleId", w."expiresAt", p.title, d.name || '/' || p.name as address
      from waiver w join product p on p.id = w."productId" join domain d on d.id = p."domainId"
      where w.status = 'approved' and w."expiresAt" > ${now()} and ${scope.where} and ${reachOf(ctx, 'w."ownerId"')}
      order by w."expiresAt", w.id limit ${ROWS}`;
    return rows.map(({ id, ruleId, address, title, expiresAt }) => ({
      ...{ key: id, title: `${title}: ${ruleId}`, detail: address, alarm: null },
      href: '/governance/waivers?status=approved',
      cells: { ends: expiresAt.toISOString() },
    }));
  },
} satisfies Rank;

export const compliance = {
  id: 'compliance',
  title: 'Compliance',
  about: 'Whether products are as the policies say, and how access is decided.',
  metrics: [
    'policy_compliance',
    'time_to_approve_access',
    'change_failure_rate',
    'time_to_restore',
  ],
  drawn: ['time_to_approve_access'],
  charts: [violations, refusals],
  ranks: [byRule, waivers],
} satisfies Definition;
