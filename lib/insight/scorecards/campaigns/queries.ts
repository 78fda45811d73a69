import { z } from 'zod';
import { csvCell } from '@/lib/audit';
import { type Ctx, can, db, notFound, now, Prisma } from '@/lib/core';
import { requireSignedIn, visibleProducts } from '@/lib/governance';
import { ownTitles } from '../custom/titles';
import { goalWords } from './goal';

const PAGE = 50;
const LAST_PAGE = 200;
const page = z.coerce.number().int().min(1).max(LAST_PAGE).default(1);
export const CampaignFilter = z.object({
  status: z.enum(['open', 'closed']).default('open'),
  page,
});
export type CampaignFilter = z.input<typeof CampaignFilter>;

export type CampaignStatus = 'beginning' | 'open' | 'closing' | 'closed';
/** How far the last count of its products is that somebody asked for. */
export interface CampaignCounting {
  /** Of all products, whoever may find them: null for who does not manage campaigns. */
  looked: { done: number; products: number } | null;
  isUnderWay: boolean;
  /** Why it did not come to its end. */
  failure: string | null;
}

export interface CampaignRow {
  id: string;
  title: string;
  words: string;
  goal: string;
  /** 'beginning' until its products are counted, 'closing' until they are counted a last time. */
  status: CampaignStatus;
  deadline: string;
  everyDays: number;
  createdAt: string;
  createdBy: string | null;
  /** Products of it that the asker may find, and those that are there. */
  products: number;
  reached: number;
  /** Of the asker's own products: those that are not there yet. */
  mine: number;
}
interface Found {
  id: string;
  title: string;
  words: string;
  kind: string;
  target: string | null;
  level: number | null;
  status: CampaignStatus;
  deadline: Date;
  everyDays: number;
  createdAt: Date;
  createdBy: string | null;
  closedAt: Date | null;
  closedBy: string | null;
  outcome: string;
  rev: number;
  products: number;
  reached: number;
  mine: number;
}

const meOf = (ctx: Ctx) => (ctx.actor.type === 'user' ? ctx.actor.id : '');

async function found(
  ctx: Ctx,
  which: Prisma.Sql,
  { limit, offset }: { limit: number; offset: number },
): Promise<Found[]> {
  const visible = await visibleProducts(ctx);
  return db().$queryRaw<Found[]>`
    select c.id, c.title, c.words, c.kind, c.target, c.level, c.status, c.deadline, c."everyDays", c."createdAt",
      m.name as "createdBy", c."closedAt", l.name as "closedBy", c.outcome, c.rev, n.products, n.reached, n.mine
    from (select * from campaign c where ${which} order by c.deadline, c.id limit ${limit} offset ${offset}) c
      left join "user" m on m.id = c."createdById" left join "user" l on l.id = c."closedById"
      cross join lateral (select count(*)::int as products, count(*) filter (where x."isReached")::int as reached,
          count(*) filter (where not x."isReached" and p."ownerId" = ${meOf(ctx)})::int as mine
        from campaign_product x join product p on p.id = x."productId"
        where x."campaignId" = c.id and x."isReached" is not null and ${visible}) n
    order by c.deadline, c.id`;
}

const toRow = (row: Found, titles: ReadonlyMap<string, string>): CampaignRow => ({
  ...{ id: row.id, title: row.title, words: row.words, goal: goalWords(row, titles) },
  ...{ status: row.status, everyDays: row.everyDays, createdBy: row.createdBy },
  ...{ deadline: row.deadline.toISOString(), createdAt: row.createdAt.toISOString() },
  ...{ products: row.products, reached: row.reached, mine: row.mine },
});

/** Campaigns, the soonest deadline first; figures are of products that the asker may find. @throws AppError forbidden */
export async function listCampaigns(
  ctx: Ctx,
  raw: CampaignFilter = {},
): Promise<{ items: CampaignRow[]; page: number; hasMore: boolean; mayManage: boolean }> {
  requireSignedIn(ctx, ['catalog:read', 'governance:read']);
  const { status, page: at } = CampaignFilter.parse(raw);
  const range = { limit: PAGE + 1, offset: (at - 1) * PAGE };
  const rows = await found(ctx, Prisma.sql`(c.status = 'closed') = ${status === 'closed'}`, range);
  const titles = await ownTitles(rows);
  return {
    items: rows.slice(0, PAGE).map((row) => toRow(row, titles)),
    ...{ page: at, hasMore: rows.length > PAGE && at < LAST_PAGE },
    mayManage: can(ctx, 'scorecard.manage'),
  };
}

export const CampaignPage = z.object({
  /** Only the asker's own products. */
  mine: z.enum(['yes']).optional(),
  /** Only those that are there, or that are not. */
  state: z.enum(['reached', 'missing']).optional(),
  page,
});
export type CampaignPage = z.input<typeof CampaignPage>;

export interface CampaignProductRow {
  address: string;
  title: string;
  owner: string;
  isReached: boolean;
  /** Since when it is so. */
  since: string;
}
export interface CampaignDetail extends CampaignRow {
  rev: number;
  closedAt: string | null;
  closedBy: string | null;
  outcome: string;
  items: CampaignProductRow[];
  page: number;
  hasMore: boolean;
  /** Products that were there, and all, whenever that changed; oldest first. */
  progress: ProgressPoint[];
  /** Null before the first. */
  counting: CampaignCounting | null;
  mayManage: boolean;
}
export interface ProgressPoint {
  at: string;
  reached: number;
  products: number;
}

/** One campaign with its products and how it went. @throws AppError not_found | forbidden */
export async function getCampaign(
  ctx: Ctx,
  id: string,
  raw: CampaignPage = {},
): Promise<CampaignDetail> {
  requireSignedIn(ctx, ['catalog:read', 'governance:read']);
  const input = CampaignPage.parse(raw);
  const [row] = await found(ctx, Prisma.sql`c.id = ${id}`, { limit: 1, offset: 0 });
  if (!row) throw notFound('This campaign');
  const titles = await ownTitles([row]);
  const range = { limit: PAGE + 1, offset: (input.page - 1) * PAGE };
  const [items, progress, counting] = await Promise.all([
    productsOf(ctx, id, input, range),
    progressOf(ctx, id),
    countingOf(ctx, id),
  ]);
  return {
    ...toRow(row, titles),
    ...{ rev: row.rev, outcome: row.outcome, closedBy: row.closedBy, progress, counting },
    closedAt: row.closedAt?.toISOString() ?? null,
    items: items.slice(0, PAGE),
    ...{ page: input.page, hasMore: items.length > PAGE && input.page < LAST_PAGE },
    mayManage: can(ctx, 'scorecard.manage'),
  };
}

async function countingOf(ctx: Ctx, campaignId: string): Promise<CampaignCounting | null> {
  const last = await db().campaignCount.findFirst({
    where: { campaignId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  if (!last) return null;
  const { done, products, status, failure } = last;
  const looked = can(ctx, 'scorecard.manage') ? { done, products } : null;
  return { looked, isUnderWay: status === 'queued', failure };
}

async function productsOf(
  ctx: Ctx,
  id: string,
  { mine, state }: z.output<typeof CampaignPage>,
  { limit, offset }: { limit: number; offset: number },
): Promise<CampaignProductRow[]> {
  const visible = await visibleProducts(ctx);
  const rows = await db().$queryRaw<(Omit<CampaignProductRow, 'since'> & { since: Date })[]>`
    select d.name || '/' || p.name as address, p.title, o.name as owner, x."isReached", x.since
    from campaign_product x join product p on p.id = x."productId" join domain d on d.id = p."domainId"
      join "user" o on o.id = p."ownerId"
    where x."campaignId" = ${id} and x."isReached" is not null and ${visible}
      and (${mine === undefined} or p."ownerId" = ${meOf(ctx)})
      and (${state === undefined} or x."isReached" = ${state === 'reached'})
    order by x."isReached", p.title, p.id limit ${limit} offset ${offset}`;
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}

const POINTS = 400;

/** Added up from every change: exact for the products that the asker may find. */
async function progressOf(ctx: Ctx, id: string): Promise<ProgressPoint[]> {
  const visible = await visibleProducts(ctx);
  const rows = await db().$queryRaw<{ at: Date; reached: number; products: number }[]>`
    with moves as (select date_trunc('hour', e.at, 'UTC') as hour, max(e.at) as at,
        sum((e."isReached" is true)::int - (e.before is true)::int) as reached,
        sum((e."isReached" is not null)::int - (e.before is not null)::int) as products
      from campaign_event e join product p on p.id = e."productId"
      where e."campaignId" = ${id} and ${visible} group by 1)
    select at, sum(reached) over (order by hour)::int as reached, sum(products) over (order by hour)::int as products
    from moves order by hour desc limit ${POINTS}`;
  return rows.reverse().map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** The progress of a campaign as CSV (RFC 4180). @throws AppError not_found | forbidden */
export async function campaignProgressCsv(ctx: Ctx, id: string): Promise<string> {
  const { progress } = await getCampaign(ctx, id);
  const lines = progress.map(
    ({ at, reached, products }) => `${csvCell(at)},${reached},${products}\r\n`,
  );
  return ['at,reached,products\r\n', ...lines].join('');
}

export interface OwnCampaign {
  id: string;
  title: string;
  deadline: Date;
  products: number;
}

/** Open campaigns that want something of products that the person owns. Asks nobody. */
export async function campaignsOfOwner(
  ownerId: string,
  visible: Prisma.Sql,
  limit: number,
): Promise<OwnCampaign[]> {
  return db().$queryRaw<OwnCampaign[]>`
    select c.id, c.title, c.deadline, count(*)::int as products
    from campaign c join campaign_product x on x."campaignId" = c.id and x."isReached" = false
      join product p on p.id = x."productId" and p."ownerId" = ${ownerId}
    where c.status = 'open' and c.deadline > ${now()} and ${visible}
    group by c.id order by c.deadline, c.id limit ${limit}`;
}
