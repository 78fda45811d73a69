import { z } from 'zod';
import { type Ctx, can, db, now, Prisma } from '@/lib/core';
import { line } from '../figures/export';
import { periodOf } from '../figures/period';
import type { MetricWords } from '../figures/queries';
import { Scope, scopeOf } from '../figures/scope';
import { unsettled } from './cells';
import { COST_KINDS } from './kinds';
import { currencyOf } from './prices';
import { basisOf, costsOfProducts } from './sums';

const PAGE = 50;
const LAST_PAGE = 200;
const DAY_MS = 86_400_000;
export const UNUSED_DAYS = [30, 90, 180] as const;

export const UnusedInput = Scope.omit({ product: true, range: true }).extend({
  /** For how many days nobody outside the owning domain read it. */
  days: z.coerce.number().pipe(z.literal(UNUSED_DAYS)).default(90),
  page: z.coerce.number().int().min(1).max(LAST_PAGE).default(1),
});
export type UnusedInput = z.input<typeof UnusedInput>;

export interface UnusedProduct {
  /** `domain/name` */
  address: string;
  title: string;
  owner: string;
  status: string;
  /** The last read by somebody outside the owning domain; null when none is known. */
  lastUsedAt: string | null;
  /** In the last 30 days; null without prices. */
  cost: number | null;
  mayDeprecate: boolean;
}

interface Row extends Omit<UnusedProduct, 'lastUsedAt' | 'mayDeprecate'> {
  lastUsedAt: Date | null;
  domainId: string;
  ownerId: string;
}

/**
 * Live products that nobody outside their domain has read for some days and that no live product is made from, the dearest
 * first. One that has not been live for as long is too new to tell.
 * @throws AppError not_found | forbidden
 */
export async function unusedProducts(
  ctx: Ctx,
  raw: UnusedInput = {},
): Promise<{
  products: UnusedProduct[];
  days: number;
  total: number;
  page: number;
  hasMore: boolean;
  unit: MetricWords['unit'];
}> {
  const { days, page } = UnusedInput.parse(raw);
  const found = await unusedUpTo(ctx, raw, { limit: PAGE, offset: (page - 1) * PAGE });
  const products = found.map(({ lastUsedAt, domainId, ownerId, ...row }) => ({
    ...{ address: row.address, title: row.title, owner: row.owner, status: row.status },
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    cost: row.cost,
    mayDeprecate: row.status === 'production' && can(ctx, 'product.retire', { domainId, ownerId }),
  }));
  const total = found[0]?.total ?? 0;
  const hasMore = total > page * PAGE && page < LAST_PAGE;
  const unit = ((await currencyOf()) as MetricWords['unit'] | null) ?? 'money';
  return { products, days, total, page, hasMore, unit };
}

const MOST_ROWS = 10_000;
/** What is used at all is mostly used within so many days. */
const LATELY_DAYS = 7;

/** The same as CSV (RFC 4180), the 10,000 dearest. @throws AppError not_found | forbidden */
export async function unusedCsv(ctx: Ctx, raw: Omit<UnusedInput, 'page'> = {}): Promise<string> {
  const rows = await unusedUpTo(ctx, raw, { limit: MOST_ROWS, offset: 0 });
  const lines = rows.map(({ address, title, owner, status, lastUsedAt, cost }) =>
    line([address, title, owner, status, lastUsedAt?.toISOString().slice(0, 10) ?? null, cost]),
  );
  const currency = (await currencyOf()) ?? '';
  const head = ['product', 'title', 'owner', 'status', 'last_used', `cost_30d ${currency}`.trim()];
  return [line(head), ...lines].join('');
}

async function unusedUpTo(ctx: Ctx, raw: UnusedInput, part: { limit: number; offset: number }) {
  const { days, domain } = UnusedInput.parse(raw);
  const scope = await scopeOf(ctx, { ...(domain && { domain }) });
  return unusedWithCosts(scope.where, new Date(now().getTime() - days * DAY_MS), part);
}

/** Found, then put in order, then told: each with as many as there are, which a planner cannot tell of what nobody read. */
function unusedWithCosts(
  where: Prisma.Sql,
  since: Date,
  { limit, offset }: { limit: number; offset: number },
): Promise<(Row & { total: number })[]> {
  const period = periodOf({ range: '30d', compare: 'none' });
  return db().$transaction(
    async (tx) => {
      const unused = await tx.$queryRaw<{ id: string }[]>(
        unusedIds(where, since, new Date(now().getTime() - LATELY_DAYS * DAY_MS)),
      );
      if (unused.length === 0) return [];
      const ids = Prisma.sql`unnest(${unused.map(({ id }) => id)}::text[]) u(id)`;
      const costs = costsOfProducts(
        { kinds: COST_KINDS },
        period,
        await basisOf(tx),
        ids,
        Prisma.sql`rest`,
      );
      const rows = await tx.$queryRaw<Row[]>`
        with rest as materialized (${unsettled([period])}), cost as materialized (${costs}),
        shown as materialized (select p.id, p.title, p.status, p."domainId", p."ownerId", d.name || '/' || p.name as address, c.num as cost
          from ${ids} join product p on p.id = u.id join domain d on d.id = p."domainId" left join cost c on c."productId" = p.id
          order by c.num desc nulls last, address limit ${limit} offset ${offset})
        select p.address, p.title, o.name as owner, p.status, p."domainId", p."ownerId", l.day as "lastUsedAt", p.cost
        from shown p join "user" o on o.id = p."ownerId"
        left join lateral (select x.day from usage_day x
          where x."productId" = p.id and x."byOutsiders" > 0 order by x.day desc limit 1) l on true
        order by p.cost desc nulls last, p.address`;
      return rows.map((row) => ({ ...row, total: unused.length }));
    },
    { isolationLevel: 'RepeatableRead', timeout: 30_000 },
  );
}

/** Outside is who had no role in the product's domain when they read, and was not its owner. */
const unusedIds = (where: Prisma.Sql, since: Date, lately: Date) => Prisma.sql`
  select p.id from product p
  join product_environment e on e."productId" = p.id and e.environment = 'production' and e.status = 'live'
  where ${where} and p.status <> 'retired'
    and (select min(r."createdAt") from release r where r."productId" = p.id) <= ${since}
    and not exists (select 1 from product_input i join product_environment x on x."productId" = i."productId"
      and x.environment = 'production' and x.status = 'live' where i."sourceId" = p.id)
    -- Most are told by the last days of all; only the days of the others are looked at.
    and p.id not in (select x."productId" from usage_day x where x.day >= ${lately} and x."byOutsiders" > 0)
    and not exists (select from usage_day x where x."productId" = p.id and x.day >= ${since} and x."byOutsiders" > 0)`;
