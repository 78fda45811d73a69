import { type Ctx, can, db, now, Prisma } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { MONITOR_RULES } from './registry';
import { dueAt } from './schedule';
import { nextAmong, policiesOfDomains } from './settings';

export interface OpenCount {
  name: string;
  errors: number;
  warnings: number;
}
export interface MonitorRow extends OpenCount {
  title: string;
  about: string;
  frequency: string;
  /** Null when no policy asks for it. */
  nextRunAt: string | null;
  last: {
    at: string;
    status: string;
    checked: number;
    opened: number;
    resolved: number;
    error: string | null;
  } | null;
  isRunning: boolean;
}
export interface ComplianceOverview {
  rules: MonitorRow[];
  domains: OpenCount[];
  regulations: OpenCount[];
  totals: { errors: number; warnings: number; acknowledged: number; resolvedThisWeek: number };
  /** Violations that were open at the end of each of the last 30 days, UTC. */
  trend: { day: string; value: number }[];
  canRun: boolean;
}
const TREND_DAYS = 30;
/** A run that is older than this and has not ended lost its worker. */
const ACTIVE_MS = 3_600_000;

/** Where the viewer's figures come from: everywhere, or the domains they work in and what they own. */
function reachOf(ctx: Ctx): Prisma.Sql {
  const { actor } = ctx;
  if (actor.type === 'system' || can(ctx, 'audit.read')) return Prisma.sql`true`;
  if (actor.type !== 'user') return Prisma.sql`false`;
  const domains = actor.memberships
    .filter(({ role }) => role !== 'data_consumer')
    .map(({ domainId }) => domainId);
  return Prisma.sql`(v."domainId" = any(${domains})
    or v."productId" in (select id from product where "ownerId" = ${actor.id}))`;
}

const figures = Prisma.sql`count(*) filter (where v.level = 'error')::int as errors,
  count(*) filter (where v.level <> 'error')::int as warnings`;

const byMonitor = (reach: Prisma.Sql) => db().$queryRaw<OpenCount[]>`
  select split_part(v."dedupeKey", ':', 1) as name, ${figures} from violation v
  where v.status <> 'resolved' and ${reach} group by 1`;

const byDomain = (reach: Prisma.Sql) => db().$queryRaw<OpenCount[]>`
  select d.name, ${figures} from violation v join domain d on d.id = v."domainId"
  where v.status <> 'resolved' and ${reach} group by 1 order by 2 desc, 3 desc, 1 limit 100`;

const byRegulation = (reach: Prisma.Sql) => db().$queryRaw<OpenCount[]>`
  select r.name, ${figures} from violation v cross join unnest(v.regulations) as r(name)
  where v.status <> 'resolved' and ${reach} group by 1 order by 2 desc, 3 desc, 1 limit 100`;

const totals = (reach: Prisma.Sql, weekAgo: Date) => db().$queryRaw<ComplianceOverview['totals'][]>`
  select count(*) filter (where v.status <> 'resolved' and v.level = 'error')::int as errors,
    count(*) filter (where v.status <> 'resolved' and v.level <> 'error')::int as warnings,
    count(*) filter (where v.status = 'acknowledged')::int as acknowledged,
    count(*) filter (where v.status = 'resolved' and v."resolvedAt" > ${weekAgo})::int as "resolvedThisWeek"
  from violation v where ${reach}`;

/** Openings less endings up to the end of each day. */
const trend = (reach: Prisma.Sql, first: string, days: number) => db().$queryRaw<
  { day: string; value: number }[]
>`
  with change as (
    select (e.at at time zone 'UTC')::date as day,
      sum(case when e.kind = 'resolved' then -1 else 1 end) as n
    from violation_event e join violation v on v.id = e."violationId"
    where e.kind in ('opened', 'reopened', 'resolved') and ${reach} group by 1)
  select to_char(d.day, 'YYYY-MM-DD') as day,
    coalesce((select sum(c.n) from change c where c.day <= d.day), 0)::int as value
  from (select ${first}::date + i as day from generate_series(0, ${days}::int - 1) i) d order by d.day`;

const LATEST = Prisma.sql`select distinct on (rule) rule, status, checked, opened, resolved, error,
    coalesce("finishedAt", "createdAt") as at
  from monitor_run where "productId" is null and status in ('succeeded', 'failed')
  order by rule, "createdAt" desc`;

/** How the organisation stands: by rule, domain and regulation, over time, and when each rule runs. */
export async function complianceOverview(ctx: Ctx): Promise<ComplianceOverview> {
  requireSignedIn(ctx, ['governance:read']);
  const reach = reachOf(ctx);
  const at = now();
  const dayMs = 86_400_000;
  const first = new Date(at.getTime() - (TREND_DAYS - 1) * dayMs).toISOString().slice(0, 10);
  const [monitors, domains, regulations, [sums], days, rules] = await Promise.all([
    byMonitor(reach),
    byDomain(reach),
    byRegulation(reach),
    totals(reach, new Date(at.getTime() - 7 * dayMs)),
    trend(reach, first, TREND_DAYS),
    ruleRows(),
  ]);
  const open = new Map(monitors.map((one) => [one.name, one]));
  return {
    rules: rules.map((rule) => ({
      ...rule,
      // How much a run looked at and found is for who may see some of it.
      last: can(ctx, 'compliance.read') ? rule.last : null,
      errors: open.get(rule.name)?.errors ?? 0,
      warnings: open.get(rule.name)?.warnings ?? 0,
    })),
    domains,
    regulations,
    totals: sums ?? { errors: 0, warnings: 0, acknowledged: 0, resolvedThisWeek: 0 },
    trend: days,
    canRun: can(ctx, 'monitor.run'),
  };
}

type Latest = NonNullable<MonitorRow['last']>;

async function ruleRows(): Promise<Omit<MonitorRow, 'errors' | 'warnings'>[]> {
  const [policies, schedules, latest, active] = await Promise.all([
    policiesOfDomains(),
    db().monitorSchedule.findMany(),
    db().$queryRaw<(Omit<Latest, 'at'> & { rule: string; at: Date })[]>(LATEST),
    db().monitorRun.groupBy({
      by: ['rule'],
      where: {
        status: { in: ['queued', 'running'] },
        productId: null,
        createdAt: { gt: new Date(now().getTime() - ACTIVE_MS) },
      },
    }),
  ]);
  return MONITOR_RULES.map((rule) => {
    const { id, title, about } = rule;
    const schedule = schedules.find((one) => one.rule === id);
    const wanted = nextAmong(rule, policies, now());
    const last = latest.find((one) => one.rule === id);
    return {
      name: id,
      title,
      about,
      frequency: wanted?.frequency ?? 'manual',
      nextRunAt: wanted && schedule ? dueAt(rule, schedule, policies).toISOString() : null,
      last: last
        ? {
            at: last.at.toISOString(),
            status: last.status,
            checked: last.checked,
            opened: last.opened,
            resolved: last.resolved,
            error: last.error,
          }
        : null,
      isRunning: active.some((one) => one.rule === id),
    };
  });
}
