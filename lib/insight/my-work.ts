import { AppError, type Ctx, can, db, Prisma } from '@/lib/core';
import { requireSignedIn, visibleProducts } from '@/lib/governance';

export interface DraftRow {
  id: string;
  title: string;
  domain: string | null;
  updatedAt: Date;
}
export interface FailedRunRow {
  id: string;
  kind: string;
  status: string;
  error: string | null;
  at: Date;
  domain: string;
  product: string;
  title: string;
}
export interface WorkProduct {
  id: string;
  domain: string;
  domainTitle: string;
  name: string;
  title: string;
  status: string;
  classification: string;
  isLive: boolean;
  at: Date;
}
export interface MyWork {
  drafts: DraftRow[];
  /** Latest runs that failed, of products the person owns or operates. */
  failedRuns: FailedRunRow[];
  products: WorkProduct[];
  /** Products that anybody made lately. */
  recent: WorkProduct[];
  canCreateProduct: boolean;
}

const ROWS = 8;

const productRow = (where: Prisma.Sql, order: Prisma.Sql) => db().$queryRaw<WorkProduct[]>`
  select p.id, d.name as domain, d.title as "domainTitle", p.name, p.title, p.status,
    p.classification, coalesce(e.status = 'live', false) as "isLive", p."updatedAt" as at
  from product p join domain d on d.id = p."domainId"
  left join product_environment e on e."productId" = p.id and e.environment = 'production'
  where p.status not in ('retired') and ${where} order by ${order} limit ${ROWS}`;

const draftRows = (userId: string) => db().$queryRaw<DraftRow[]>`
  select id, "updatedAt", nullif(left(data->>'domain', 63), '') as domain,
    coalesce(nullif(left(data->>'title', 120), ''), nullif(left(data->>'name', 120), ''),
      'Untitled draft') as title
  from product_draft where "authorId" = ${userId} and "submittedAt" is null
  order by "updatedAt" desc limit ${ROWS}`;

const failedRunRows = (userId: string, domainIds: string[]) => db().$queryRaw<FailedRunRow[]>`
  select r.id, r.kind, r.status, left(r.error, 300) as error,
    coalesce(r."finishedAt", r."createdAt") as at, d.name as domain, p.name as product, p.title
  from product p join domain d on d.id = p."domainId"
  join lateral (select * from provisioning_run x where x."productId" = p.id
    order by x."createdAt" desc limit 1) r on r.status in ('failed', 'undone')
  where p.status <> 'retired' and (p."ownerId" = ${userId} or p."domainId" = any(${domainIds}))
  order by r."createdAt" desc limit ${ROWS}`;

/** What waits for the person, what they have, and what is new: the home page's facts. */
export async function myWork(ctx: Ctx): Promise<MyWork> {
  const { actor } = ctx;
  if (actor.type !== 'user') throw new AppError('unauthenticated', 'Sign in to see your work.');
  requireSignedIn(ctx, ['catalog:read']);
  const visible = await visibleProducts(ctx);
  const operated = actor.memberships.filter(({ role }) => role !== 'data_consumer');
  const [drafts, failedRuns, products, recent] = await Promise.all([
    draftRows(actor.id),
    failedRunRows(
      actor.id,
      operated.map(({ domainId }) => domainId),
    ),
    productRow(
      Prisma.sql`p."ownerId" = ${actor.id} and ${visible}`,
      Prisma.sql`p."updatedAt" desc`,
    ),
    productRow(Prisma.sql`p.status <> 'draft' and ${visible}`, Prisma.sql`p."createdAt" desc`),
  ]);
  return { drafts, failedRuns, products, recent, canCreateProduct: can(ctx, 'product.create') };
}
