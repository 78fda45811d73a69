import { type Ctx, can, db, now, Prisma } from '@/lib/core';
import { visibleProducts } from '@/lib/governance';

export interface TodayItem {
  id: string;
  title: string;
  detail: string;
  href: string;
  level: 'error' | 'warning' | 'info';
  /** When it is due or ends, else when it began. */
  at: Date;
  isDue: boolean;
}
export type TodayKind =
  | 'policies'
  | 'waivers'
  | 'certifications'
  | 'tags'
  | 'violations'
  | 'incidents'
  | 'privacy'
  | 'retention'
  | 'reports'
  | 'delivery';
export interface TodaySection {
  kind: TodayKind;
  /** All that wait, also those that are not listed. */
  count: number;
  items: TodayItem[];
}
interface Row extends TodayItem {
  total: number;
}

const ROWS = 5;
const SOON_DAYS = 7;
type Reach = string[] | 'all' | 'none';

/** Where the person decides: everywhere, in the domains whose data admin they are, or nowhere. */
function reachOf(ctx: Ctx): Reach {
  const { actor } = ctx;
  if (can(ctx, 'policy.approve')) return 'all';
  if (actor.type !== 'user' || !can(ctx, 'policy.draft')) return 'none';
  return actor.memberships
    .filter(({ role }) => role === 'data_admin')
    .map(({ domainId }) => domainId);
}

const inReach = (reach: Reach, column: string): Prisma.Sql =>
  reach === 'all'
    ? Prisma.sql`true`
    : Prisma.sql`${Prisma.raw(column)} = any(${reach === 'none' ? [] : reach})`;

const policies = (reach: Reach) => db().$queryRaw<Row[]>`
  select p.id, p.name || ' v' || p.version as title,
    case when p.stage = 'grace' then 'In grace: findings only until it is in force'
      else coalesce(nullif(left(p.reason, 200), ''), 'Waits to be put in force') end as detail,
    '/governance/policies/' || p.name as href,
    case when p.stage = 'grace' then 'info' else 'warning' end as level,
    coalesce(p."graceUntil", p."submittedAt") as at, p.stage = 'grace' as "isDue",
    count(*) over ()::int as total
  from policy_document p
  where (p.stage = 'grace' or (p.stage = 'draft' and p."submittedAt" is not null))
    and ${inReach(reach, 'p."domainId"')}
  order by p.stage, at limit ${ROWS}`;

const waivers = (reach: Reach, soon: Date) => db().$queryRaw<Row[]>`
  select w.id, p.title || ': ' || w."ruleId" as title, left(w.reason, 200) as detail,
    '/governance/waivers?status=' || w.status as href,
    case when w.status = 'requested' then 'warning' else 'info' end as level,
    case when w.status = 'requested' then w."createdAt" else w."expiresAt" end as at,
    w.status = 'approved' as "isDue", count(*) over ()::int as total
  from waiver w join product p on p.id = w."productId"
  where (w.status = 'requested' or (w.status = 'approved' and w."expiresAt" < ${soon}))
    and ${inReach(reach, 'p."domainId"')}
  order by w.status desc, at limit ${ROWS}`;

const violations = (reach: Reach) => db().$queryRaw<Row[]>`
  select v.id, v.title, left(v.message, 200) as detail, '/governance/violations/' || v.id as href,
    v.level, v."firstSeenAt" as at, false as "isDue", count(*) over ()::int as total
  from violation v
  where v.status = 'open' and ${inReach(reach, 'v."domainId"')}
  order by v.level = 'error' desc, v.escalation desc, v."firstSeenAt" limit ${ROWS}`;

const incidents = (reach: Reach) => db().$queryRaw<Row[]>`
  select i.id, p.title || ': ' || i."ruleName" as title, '' as detail,
    '/products/' || d.name || '/' || p.name || '/quality/incidents/' || i.id as href,
    i.level, i."openedAt" as at, false as "isDue", count(*) over ()::int as total
  from quality_incident i join product p on p.id = i."productId" join domain d on d.id = p."domainId"
  where i.status = 'open' and i.level = 'error' and i."assigneeId" is null and p.status <> 'retired'
    and ${inReach(reach, 'i."domainId"')}
  order by i."openedAt" limit ${ROWS}`;

const privacy = (soon: Date) => db().$queryRaw<Row[]>`
  select r.id, upper(r.regulation) || ' ' || replace(r.kind, '_', ' ') as title,
    case r.status when 'review' then 'Found: waits for your review' when 'failed' then 'Stopped by an error'
      when 'received' then 'Not begun' else 'On its way' end as detail,
    '/governance/privacy/' || r.id as href,
    case when r.status = 'failed' or r."dueAt" < ${now()} then 'error' when r."dueAt" < ${soon} then 'warning'
      else 'info' end as level,
    r."dueAt" as at, true as "isDue", count(*) over ()::int as total
  from privacy_request r where r.status not in ('completed', 'rejected')
  order by r."dueAt" limit ${ROWS}`;

/** The latest enforcement of a product that failed. */
const retention = (reach: Reach) => db().$queryRaw<Row[]>`
  select r.id, p.title, left(coalesce(r.error, ''), 200) as detail,
    '/governance/retention' as href, 'error' as level, r."createdAt" as at, false as "isDue",
    count(*) over ()::int as total
  from product p join lateral (select * from retention_run x where x."productId" = p.id
    order by x."createdAt" desc limit 1) r on r.status = 'failed'
  where p.status <> 'retired' and ${inReach(reach, 'p."domainId"')}
  order by r."createdAt" desc limit ${ROWS}`;

const reports = () => db().$queryRaw<Row[]>`
  select r.id, upper(left(r.kind, 1)) || substr(r.kind, 2) || ' about ' || p.title as title,
    left(r.reason, 200) as detail, '/governance/reports?status=open' as href, 'warning' as level,
    r."createdAt" as at, false as "isDue", count(*) over ()::int as total
  from content_report r join product p on p.id = r."productId" where r.status = 'open'
  order by r."createdAt" limit ${ROWS}`;

/** Certifications that end before the day on which their owners were told. */
const certifications = async (ctx: Ctx) => db().$queryRaw<Row[]>`
  select c.id, p.title, left(c.reason, 200) as detail,
    '/products/' || d.name || '/' || p.name || '#certification' as href, 'warning' as level,
    c.until as at, true as "isDue", count(*) over ()::int as total
  from certification c join product p on p.id = c."productId" join domain d on d.id = p."domainId"
  where c."endedAt" is null and c.until > ${now()} and c."warnedAt" is not null and ${await visibleProducts(ctx)}
  order by c.until limit ${ROWS}`;

const tags = () => db().$queryRaw<Row[]>`
  select t.id, t.name as title, '' as detail, '/governance/tags?state=proposed' as href, 'info' as level,
    t."createdAt" as at, false as "isDue", count(*) over ()::int as total
  from tag t where t.state = 'proposed' order by t."createdAt", t.key limit ${ROWS}`;

const delivery = () => db().$queryRaw<Row[]>`
  select coalesce(e.id, 'email') as id, coalesce(e.url, 'E-mail') as title,
    count(*) || ' alerts could not be delivered' as detail, '/settings/webhooks' as href,
    'warning' as level, max(a."createdAt") as at, false as "isDue", count(*) over ()::int as total
  from alert_delivery a left join webhook_endpoint e on e.id = a."endpointId"
  where a.status = 'dead' group by e.id, e.url order by at desc limit ${ROWS}`;

/** What needs a decision today, for whoever decides: stewards everywhere, data admins in their domains. */
export async function governanceToday(ctx: Ctx): Promise<TodaySection[]> {
  const reach = reachOf(ctx);
  if (reach === 'none' && !can(ctx, 'alert.manage')) return [];
  const soon = new Date(now().getTime() + SOON_DAYS * 86_400_000);
  const found: [TodayKind, Promise<Row[]>][] = [
    ['violations', violations(reach)],
    ['incidents', incidents(reach)],
    ['policies', policies(reach)],
    ['waivers', waivers(reach, soon)],
    ...(can(ctx, 'product.certify')
      ? [['certifications', certifications(ctx)] as [TodayKind, Promise<Row[]>]]
      : []),
    ...(can(ctx, 'tag.manage') ? [['tags', tags()] as [TodayKind, Promise<Row[]>]] : []),
    ...(can(ctx, 'privacy.manage')
      ? [['privacy', privacy(soon)] as [TodayKind, Promise<Row[]>]]
      : []),
    ['retention', retention(reach)],
    ...(can(ctx, 'community.moderate')
      ? [['reports', reports()] as [TodayKind, Promise<Row[]>]]
      : []),
    ...(can(ctx, 'alert.manage') ? [['delivery', delivery()] as [TodayKind, Promise<Row[]>]] : []),
  ];
  return Promise.all(
    found.map(async ([kind, rows]) => {
      const all = await rows;
      return {
        kind,
        count: all[0]?.total ?? 0,
        items: all.map(({ total: _, ...item }) => item),
      };
    }),
  );
}
