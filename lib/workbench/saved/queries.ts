import { type Ctx, db, notFound, Prisma } from '@/lib/core';
import { visibleProducts } from '@/lib/governance';
import { ownerOf, QueryId } from './input';

export interface SavedQueryRow {
  id: string;
  name: string;
  description: string;
  sql: string;
  rev: number;
  /** With which domain it is shared. */
  domain: { id: string; name: string; title: string } | null;
  isMine: boolean;
  /** Whose it is. */
  owner: string;
  updatedAt: string;
}
type Row = Omit<SavedQueryRow, 'domain' | 'updatedAt'> & {
  domainId: string | null;
  domainName: string;
  domainTitle: string;
  updatedAt: Date;
};

const MAX_LISTED = 400;

/** The actor's own, then those that their domains share, less those that name a product they may not know of. */
export async function savedQueries(ctx: Ctx): Promise<SavedQueryRow[]> {
  return find(ctx, Prisma.sql`true`);
}

/** One saved query: one's own, or shared with a domain of one's. @throws AppError not_found */
export async function savedQuery(ctx: Ctx, queryId: string): Promise<SavedQueryRow> {
  const parsed = QueryId.safeParse({ queryId });
  const [found] = parsed.success ? await find(ctx, Prisma.sql`q.id = ${queryId}`) : [];
  if (!found) throw notFound('This saved query');
  return found;
}

async function find(ctx: Ctx, which: Prisma.Sql): Promise<SavedQueryRow[]> {
  const me = ownerOf(ctx);
  const visible = await visibleProducts(ctx);
  const teams = me.memberships.map((one) => one.domainId);
  const rows = await db().$queryRaw<Row[]>(Prisma.sql`
    select q.id, q.name, q.description, q.sql, q.rev, q."userId" = ${me.id} as "isMine", u.name as owner,
      q."updatedAt", q."domainId", d.name as "domainName", d.title as "domainTitle"
    from saved_query q join "user" u on u.id = q."userId" left join domain d on d.id = q."domainId"
    where q."deletedAt" is null and ${which} and (q."userId" = ${me.id}
      or (q."domainId" = any(${teams}::text[]) and not exists (
        select 1 from unnest(q.products) one(address) where not exists (
          select 1 from product p join domain pd on pd.id = p."domainId"
          where pd.name || '/' || p.name = one.address and ${visible}))))
    order by q."userId" = ${me.id} desc, q."updatedAt" desc, q.id limit ${MAX_LISTED}`);
  return rows.map(({ domainId, domainName, domainTitle, updatedAt, ...row }) => ({
    ...row,
    domain: domainId === null ? null : { id: domainId, name: domainName, title: domainTitle },
    updatedAt: updatedAt.toISOString(),
  }));
}
