import { db, now, type Prisma } from '@/lib/core';
import type { DataProduct } from '@/lib/specs';
import type { Term } from './align';

const USAGE_DAYS = 30;
const MAX_FAILING = 20;

export interface ProductFacts {
  id: string;
  /** `domain/name` */
  address: string;
  domainTitle: string;
  title: string;
  description: string;
  status: string;
  version: string;
  classification: string;
  template: string;
  ownerName: string;
  ownerEmail: string;
  tags: string[];
  descriptor: DataProduct;
  /** What is served now; null before the first load and after retirement. */
  snapshotAt: Date | null;
  rowCount: number | null;
  sizeBytes: number | null;
  /** Bytes of everything that is kept, earlier snapshots too. */
  keptBytes: number;
  rating: { count: number; average: number } | null;
}

/** The products at some addresses that `visible` lets through: one statement. */
export function productFacts(
  addresses: readonly string[],
  visible: Prisma.Sql,
): Promise<ProductFacts[]> {
  const parts = addresses.map((address) => address.split('/'));
  return db().$queryRaw`
    select p.id, d.name || '/' || p.name as address, d.title as "domainTitle", p.title, p.description, p.status,
      p.version, p.classification, p.template, u.name as "ownerName", u.email as "ownerEmail", p.tags, p.descriptor,
      s."createdAt" as "snapshotAt", s."rowCount"::float8 as "rowCount", s."sizeBytes"::float8 as "sizeBytes",
      (select coalesce(sum(x."sizeBytes"), 0)::float8 from snapshot x
        where x."productId" = p.id and x.status = 'ready') as "keptBytes",
      case when r.count is null then null else jsonb_build_object('count', r.count, 'average', r.average) end as rating
    from unnest(${parts.map(([domain]) => domain)}::text[], ${parts.map(([, name]) => name)}::text[])
      with ordinality as asked(domain, name, place)
    join domain d on d.name = asked.domain
    join product p on p."domainId" = d.id and p.name = asked.name and ${visible}
    join "user" u on u.id = p."ownerId"
    left join product_rating r on r."productId" = p.id
    left join product_environment e on e."productId" = p.id and e.environment = 'production' and p.status <> 'retired'
    left join snapshot s on s.id = e."snapshotId"
    order by asked.place`;
}

export interface QualityFacts {
  productId: string;
  /** Mean of the dimensions' scores, 0 to 100. */
  score: number | null;
  measuredAt: Date;
  rules: number;
  failingCount: number;
  /** At most 20, by name: which rules, not what the data told them. */
  failing: { name: string; check: string; column: string | null; status: string }[];
}

/** The newest quality run of each product, with the rules that fail. */
export function qualityFacts(ids: readonly string[]): Promise<QualityFacts[]> {
  return db().$queryRaw`
    select q."productId", q."finishedAt" as "measuredAt",
      (select avg(v.value::text::float8) from jsonb_each(q.scores) v where jsonb_typeof(v.value) = 'number') as score,
      f.rules, f."failingCount", f.failing
    from unnest(${ids}::text[]) as asked(id)
    cross join lateral (select * from quality_run r where r."productId" = asked.id and r.environment = 'production'
      and r."finishedAt" is not null order by r."startedAt" desc limit 1) q
    cross join lateral (select count(*)::int as rules, count(*) filter (where not t.passed)::int as "failingCount",
        coalesce(jsonb_agg(jsonb_build_object('name', t.name, 'check', t."check", 'column', t."column", 'status', t.status)
          order by t.name) filter (where not t.passed and t.place <= ${MAX_FAILING}), '[]') as failing
      from (select o.passed, o.status, l.name, l."check", l."column",
          row_number() over (partition by o.passed order by l.name) as place
        from quality_result o join quality_rule l on l.id = o."ruleId" where o."runId" = q.id) t) f`;
}

export interface UseFacts {
  productId: string;
  /** Answered reads in 30 days. */
  reads: number;
  /** Different people who read. */
  readers: number;
}

export function usageFacts(ids: readonly string[]): Promise<UseFacts[]> {
  const since = new Date(now().getTime() - USAGE_DAYS * 86_400_000);
  return db().$queryRaw`
    select "productId", count(*)::int as reads, count(distinct "actorId")::int as readers from usage_event
    where "productId" = any(${ids}::text[]) and at > ${since} and status < 400 and shape <> 'metadata' group by 1`;
}

/** Glossary terms by product and by the column that they are linked to. */
export async function termFacts(ids: readonly string[]): Promise<Map<string, Map<string, Term[]>>> {
  const rows = await db().$queryRaw<(Term & { productId: string; column: string })[]>`
    select l."productId", l."column", t.slug, t.name from glossary_link l
    join glossary_term t on t.id = l."termId" and t."deletedAt" is null
    where l."productId" = any(${ids}::text[]) and l."column" <> ''
    order by l."productId", l."column", t.slug`;
  const byProduct = new Map<string, Map<string, Term[]>>();
  for (const { productId, column, slug, name } of rows) {
    const columns = byProduct.get(productId) ?? new Map<string, Term[]>();
    byProduct.set(productId, columns.set(column, [...(columns.get(column) ?? []), { slug, name }]));
  }
  return byProduct;
}
