import { type Ctx, db, hasScope, Prisma } from '@/lib/core';
import type { Period } from '../figures/period';
import type { MetricWords } from '../figures/queries';
import type { FoundScope } from '../figures/scope';

export const MARK_KINDS = ['incident', 'release', 'policy'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** Something that happened, beside a figure over time. */
export interface Mark {
  kind: MarkKind;
  at: string;
  title: string;
  /** Where it is told of in full. */
  href: string;
}
export interface Marks {
  /** The newest of each kind, oldest first. */
  marks: Mark[];
  /** How many there were of each kind, also those that are not listed. */
  counts: Record<MarkKind, number>;
}

/** Most of one kind on one page. */
export const MOST_MARKS = 30;

/** What may have moved a metric. */
export function kindsFor({ id, group }: Pick<MetricWords, 'id' | 'group'>): readonly MarkKind[] {
  if (id === 'time_to_approve_access') return ['policy'];
  if (id === 'policy_compliance') return ['policy', 'release'];
  return group === 'business' ? ['release'] : MARK_KINDS;
}

const address = `'/products/' || d.name || '/' || p.name`;

const QUALITY = Prisma.sql`select 'incident' as kind, i."productId", i."openedAt" as at, i.id, ': ' || i."ruleName" as what,
    '/quality/incidents/' || i.id as tab from quality_incident i where i.level = 'error'`;
const PROMISES = Prisma.sql`select 'incident', o."productId", i."openedAt", i.id, ': ' || o.title || ' burns fast', '/slo'
  from slo_incident i join slo_objective o on o.id = i."objectiveId" where i.policy = 'fast'`;
const RELEASES = Prisma.sql`select 'release', r."productId", r."createdAt", r.id,
    ': release ' || r.number || ', version ' || r.version, '/lifecycle' from release r`;

/** Versions of policies that came into force: of the mesh, and of the domain that is looked at. */
const policies = (ctx: Ctx, domainId: string | null) => {
  const { actor } = ctx;
  const mayRead = actor.type !== 'user' || hasScope(actor, 'governance:read');
  return Prisma.sql`select 'policy' as kind, l."activatedAt" as at, l.id, l.name || ' v' || l.version || ' in force' as title,
      '/governance/policies/' || l.name as href
    from policy_document l where ${mayRead} and l."activatedAt" is not null and l.stage in ('enforced', 'superseded')
      and (l."domainId" is null or ${domainId}::text is null or l."domainId" = ${domainId})`;
};

/** Incidents, releases and changes of policies in a period, within what the asker may find: one statement. */
export async function marksOf(
  ctx: Ctx,
  scope: FoundScope,
  { from, to }: Period,
  kinds: readonly MarkKind[] = MARK_KINDS,
): Promise<Marks> {
  const rows = await db().$queryRaw<(Mark & { total: number; at: Date })[]>`
    with mark as (
      select m.kind, m.at, m.id, p.title || m.what as title, ${Prisma.raw(address)} || m.tab as href
      from (${QUALITY} union all ${PROMISES} union all ${RELEASES}) m
      join product p on p.id = m."productId" join domain d on d.id = p."domainId"
      where m.at >= ${from} and m.at < ${to} and ${scope.where}
      union all
      select l.* from (${policies(ctx, scope.domainId)}) l where l.at >= ${from} and l.at < ${to}),
    placed as (select *, count(*) over (partition by kind)::int as total,
        row_number() over (partition by kind order by at desc, id) as place
      from mark where kind = any(${[...kinds]}::text[]))
    select kind, at, title, href, total from placed where place <= ${MOST_MARKS} order by at, id`;
  const totalOf = (kind: MarkKind) => rows.find((row) => row.kind === kind)?.total ?? 0;
  return {
    marks: rows.map(({ total: _, at, ...mark }) => ({ ...mark, at: at.toISOString() })),
    counts: {
      incident: totalOf('incident'),
      release: totalOf('release'),
      policy: totalOf('policy'),
    },
  };
}
