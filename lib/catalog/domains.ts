import { type Ctx, type DomainRole, db, notFound, Prisma } from '@/lib/core';
import { requireSignedIn, visibleProducts } from '@/lib/governance';

interface PersonRef {
  id: string;
  name: string;
  email: string;
}
export interface DomainSummary {
  id: string;
  name: string;
  title: string;
  description: string;
  isArchived: boolean;
  /** Products that are not retired, of those the viewer may find. */
  productCount: number;
  /** Of those: answering in production. */
  liveCount: number;
  /** Of those: the latest run failed. */
  failingCount: number;
  memberCount: number;
  /** The domain's data admins, by name. */
  owners: PersonRef[];
}
export type ProductHealth = 'live' | 'failing' | 'provisioning' | 'idle';
export interface DomainProduct {
  id: string;
  name: string;
  title: string;
  description: string;
  status: string;
  classification: string;
  ownerName: string;
  health: ProductHealth;
  updatedAt: Date;
}
export interface DomainMember extends PersonRef {
  role: DomainRole;
  source: string;
  isDisabled: boolean;
  isSynthetic: boolean;
}
export interface DomainDetail extends DomainSummary {
  rev: number;
  createdAt: Date;
  members: DomainMember[];
  products: DomainProduct[];
}

/** The product's state in one word: what its latest run and its production environment say. */
const HEALTH = Prisma.sql`case
  when run.status in ('queued', 'running', 'undoing') then 'provisioning'
  when run.status in ('failed', 'undone') then 'failing'
  when env.status = 'live' then 'live'
  else 'idle' end`;
const HEALTH_JOINS = Prisma.sql`
  left join product_environment env on env."productId" = p.id and env.environment = 'production'
  left join lateral (select r.status from provisioning_run r where r."productId" = p.id
    order by r."createdAt" desc limit 1) run on true`;

/** One statement for every domain, however many there are. */
async function summaries(
  where: Prisma.Sql,
  visible: Prisma.Sql,
): Promise<(DomainSummary & { rev: number; createdAt: Date })[]> {
  return db().$queryRaw`
    select d.id, d.name, d.title, d.description, d.rev, d."createdAt",
      d."archivedAt" is not null as "isArchived",
      coalesce(c.products, 0) as "productCount", coalesce(c.live, 0) as "liveCount",
      coalesce(c.failing, 0) as "failingCount",
      coalesce(m.members, 0) as "memberCount", coalesce(m.owners, '[]') as owners
    from domain d
    left join (
      select p."domainId", count(*)::int as products,
        count(*) filter (where h.health = 'live')::int as live,
        count(*) filter (where h.health = 'failing')::int as failing
      from product p ${HEALTH_JOINS}
      cross join lateral (select ${HEALTH} as health) h
      where p.status <> 'retired' and ${visible} group by p."domainId"
    ) c on c."domainId" = d.id
    left join (
      select s."domainId", count(*)::int as members,
        json_agg(json_build_object('id', u.id, 'name', u.name, 'email', u.email) order by u.name)
          filter (where s.role = 'data_admin' and u."disabledAt" is null) as owners
      from membership s join "user" u on u.id = s."userId" group by s."domainId"
    ) m on m."domainId" = d.id
    where ${where} order by d.title, d.name`;
}

/** Every domain, with how much is in it and how it fares. Archived ones on request. */
export async function listDomains(
  ctx: Ctx,
  options: { withArchived?: boolean } = {},
): Promise<DomainSummary[]> {
  requireSignedIn(ctx, ['catalog:read']);
  const where = options.withArchived ? Prisma.sql`true` : Prisma.sql`d."archivedAt" is null`;
  const rows = await summaries(where, await visibleProducts(ctx));
  return rows.map(({ rev: _rev, createdAt: _createdAt, ...row }) => row);
}

/** One domain with its members and up to 500 products, newest change first. */
export async function getDomain(ctx: Ctx, name: string): Promise<DomainDetail> {
  requireSignedIn(ctx, ['catalog:read']);
  const visible = await visibleProducts(ctx);
  const [summary] = await summaries(Prisma.sql`d.name = ${name}`, visible);
  if (!summary) throw notFound(`The domain ${name}`);
  const [members, products] = await Promise.all([
    membersOf(summary.id),
    db().$queryRaw<DomainProduct[]>`
      select p.id, p.name, p.title, p.description, p.status, p.classification,
        u.name as "ownerName", ${HEALTH} as health, p."updatedAt"
      from product p join "user" u on u.id = p."ownerId" ${HEALTH_JOINS}
      where p."domainId" = ${summary.id} and p.status <> 'retired' and ${visible}
      order by p."updatedAt" desc limit 500`,
  ]);
  return { ...summary, members, products };
}

async function membersOf(domainId: string): Promise<DomainMember[]> {
  const rows = await db().membership.findMany({
    where: { domainId },
    select: {
      role: true,
      source: true,
      user: { select: { id: true, name: true, email: true, disabledAt: true, isSynthetic: true } },
    },
    orderBy: { user: { name: 'asc' } },
  });
  return rows.map(({ role, source, user: { disabledAt, ...user } }) => ({
    ...user,
    role: role as DomainRole,
    source,
    isDisabled: disabledAt !== null,
  }));
}
