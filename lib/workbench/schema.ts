import { requireUser } from '@/lib/auth';
import { type Ctx, db, now, Prisma } from '@/lib/core';
import { visibleProducts } from '@/lib/governance';
import { readableColumns, requireReader } from '@/lib/serving';

export interface QueryableProduct {
  /** `domain/name`. */
  address: string;
  /** As a statement names it, quoted where that is needed. */
  reference: string;
  title: string;
  columns: { name: string; type: string; description: string | null }[];
  /** The reader's grant opens a part of its columns or rows. */
  isNarrowed: boolean;
}

const MAX_LISTED = 100;
const PLAIN = /^[a-z_][a-z0-9_]*$/;
const quoted = (name: string) => (PLAIN.test(name) ? name : `"${name}"`);

/**
 * Products that the actor may query, with the columns that they would read: those of their grants and domains first.
 * @param query part of a name or title
 */
export async function queryableProducts(
  ctx: Ctx,
  query = '',
): Promise<{ products: QueryableProduct[]; hasMore: boolean }> {
  requireReader(ctx);
  const me = requireUser(ctx);
  const visible = await visibleProducts(ctx);
  const like = `%${query
    .trim()
    .slice(0, 100)
    .replace(/[\\%_]/g, '\\$&')}%`;
  const teams = me.memberships.map((one) => one.domainId);
  const rows = await db().$queryRaw<{ domain: string; name: string }[]>(Prisma.sql`
    select d.name as domain, p.name from product p join domain d on d.id = p."domainId"
    where p.status in ('production', 'deprecated') and ${visible}
      and (p.name ilike ${like} or p.title ilike ${like} or d.name || '.' || p.name ilike ${like})
      and exists (select 1 from product_environment e where e."productId" = p.id
        and e.environment = 'production' and e.status = 'live' and e."snapshotId" is not null)
    order by exists (select 1 from "grant" g where g."productId" = p.id
        and (g."subjectId" = ${me.id} or g."teamId" = any(${teams}::text[]))
        and g."revokedAt" is null and (g."expiresAt" is null or g."expiresAt" > ${now()})) desc,
      p."domainId" = any(${teams}::text[]) desc, d.name, p.name
    limit ${MAX_LISTED + 1}`);
  const found = await Promise.all(
    rows.slice(0, MAX_LISTED).map(async ({ domain, name }) => {
      const read = await readableColumns(ctx, { domain, name });
      return read && { domain, name, ...read };
    }),
  );
  const products = found.flatMap((one) =>
    one ? [{ ...one, address: `${one.domain}/${one.name}` }] : [],
  );
  return {
    hasMore: rows.length > MAX_LISTED,
    products: products.map(({ domain, name, address, title, columns, isNarrowed }) => ({
      ...{ address, title, isNarrowed, reference: `${quoted(domain)}.${quoted(name)}` },
      columns: columns.map((field) => ({
        ...{ name: field.name, type: field.type, description: field.description ?? null },
      })),
    })),
  };
}
