import { z } from 'zod';
import { type Ctx, db, invalid, notFound, now, pool } from '@/lib/core';
import { requireSignedIn, requireVisibleProduct, visibleProducts } from '@/lib/governance';
import type { Standing } from './laws';
import { measuredThrough, type ObjectiveView, objectivesOf, worstOf } from './status';
import { DAY_MS, floorHour, HOUR_MS } from './windows';

const SCOPES = ['catalog:read', 'data:read'] as ['catalog:read', 'data:read'];
const Name = z.string().min(1).max(63);
export const SloAddress = z.object({ domain: Name, product: Name });
export type SloAddress = z.infer<typeof SloAddress>;

export interface IncidentView {
  id: string;
  objective: string;
  policy: 'fast' | 'slow';
  cause: 'product' | 'outage';
  openedAt: string;
  endedAt: string | null;
  peakBurn: number;
}
export interface ProbeView {
  at: string;
  /** Null while it is under way, or when its worker died. */
  status: number | null;
  latencyMs: number | null;
  error: string | null;
  requestId: string | null;
}
export interface ProductSlo {
  productId: string;
  product: string;
  title: string;
  description: string;
  standing: Standing;
  /** Minutes before this instant are measured; null before the first. */
  measuredThrough: string | null;
  objectives: ObjectiveView[];
  /** Newest first, the last 20. */
  incidents: IncidentView[];
  /** Newest first, the last 10. */
  probes: ProbeView[];
}

/** The product at an address, when the asker may see it. @throws AppError unauthenticated | forbidden | not_found */
async function findProduct(ctx: Ctx, { domain, product }: SloAddress) {
  requireSignedIn(ctx, SCOPES);
  const found = await db().product.findFirst({
    where: { name: product, domain: { name: domain } },
    select: { id: true, title: true, description: true },
  });
  if (!found) throw notFound('This product');
  await requireVisibleProduct(ctx, found.id);
  return found;
}

/** A product's objectives as they stand, with their budgets, burn rates, incidents and newest probes. */
export async function productSlo(ctx: Ctx, raw: SloAddress): Promise<ProductSlo> {
  const address = SloAddress.parse(raw);
  const { id, title, description } = await findProduct(ctx, address);
  const [objectives, clock, incidents, probes] = await Promise.all([
    objectivesOf([id]),
    db().sloClock.findFirst(),
    db().sloIncident.findMany({
      where: { objective: { productId: id } },
      orderBy: { openedAt: 'desc' },
      take: 20,
      include: { objective: { select: { title: true } } },
    }),
    db().sloProbe.findMany({ where: { productId: id }, orderBy: { minute: 'desc' }, take: 10 }),
  ]);
  return {
    productId: id,
    product: `${address.domain}/${address.product}`,
    title,
    description,
    standing: worstOf(objectives.map((one) => one.standing)),
    measuredThrough: clock?.measuredThrough.toISOString() ?? null,
    objectives,
    incidents: incidents.map((one) => ({
      id: one.id,
      objective: one.objective.title,
      policy: one.policy as 'fast' | 'slow',
      cause: one.cause as 'product' | 'outage',
      openedAt: one.openedAt.toISOString(),
      endedAt: one.endedAt?.toISOString() ?? null,
      peakBurn: one.peakBurn,
    })),
    probes: probes.map(({ at, status, latencyMs, error, requestId }) => ({
      ...{ at: at.toISOString(), status, latencyMs, error, requestId },
    })),
  };
}

/** What an overview needs of one product: its word, and each objective as it stands. */
export async function sloOverview(
  ctx: Ctx,
  productId: string,
): Promise<{ standing: Standing; objectives: ObjectiveView[] }> {
  requireSignedIn(ctx, SCOPES);
  await requireVisibleProduct(ctx, productId);
  const objectives = await objectivesOf([productId]);
  return { standing: worstOf(objectives.map((one) => one.standing)), objectives };
}

export const RANGES = {
  '2d': { days: 2, step: 'hour' },
  '30d': { days: 30, step: 'day' },
  '90d': { days: 90, step: 'day' },
} as const;
export type RangeName = keyof typeof RANGES;
export const RangeName = z.enum(['2d', '30d', '90d']);

export interface HistoryPoint {
  /** The first instant of the hour or UTC day. */
  at: string;
  measured: number;
  /** Share of good time; null when nothing was measured. */
  sli: number | null;
  outage: number;
}
export type History = { objectiveId: string; points: HistoryPoint[] }[];

/** Finished hours and the minutes after them, by hour or UTC day. */
const HISTORY = `
  with clock as (select coalesce(max("rolledThrough"), $2::timestamptz) as rolled from slo_clock),
  part as (
    select "objectiveId", hour as at, measured, good, outage from slo_hour cross join clock
      where "objectiveId" = any($1) and hour >= $2::timestamptz and hour < rolled
    union all
    select "objectiveId", minute, 1, sum(good) / sum(total), max(case when source = 'outage' then 1 else 0 end)
      from slo_measurement cross join clock
      where "objectiveId" = any($1) and minute >= greatest(rolled, $2::timestamptz) and total > 0
      group by 1, 2)
  select "objectiveId", date_trunc($3, at, 'UTC') as at, sum(measured)::int as measured,
    (sum(good) / sum(measured))::float8 as sli, sum(outage)::int as outage
  from part group by 1, 2 order by 1, 2`;

/** How each objective of a product did over time; every hour or day has a point, measured or not. */
export async function sloHistory(
  ctx: Ctx,
  raw: SloAddress & { range?: RangeName },
): Promise<History> {
  const { range = '30d', ...address } = raw;
  const { id } = await findProduct(ctx, SloAddress.parse(address));
  const objectives = await db().sloObjective.findMany({
    where: { productId: id, endedAt: null },
    select: { id: true },
  });
  return historyOf(
    objectives.map((one) => one.id),
    range,
  );
}

async function historyOf(ids: string[], range: RangeName): Promise<History> {
  const { days, step } = RANGES[RangeName.parse(range)];
  const stepMs = step === 'hour' ? HOUR_MS : DAY_MS;
  const newest = Math.floor(floorHour(now()).getTime() / stepMs) * stepMs;
  const count = (days * DAY_MS) / stepMs;
  const since = newest - (count - 1) * stepMs;
  const { rows } = await pool().query<{
    objectiveId: string;
    at: Date;
    measured: number;
    sli: number;
    outage: number;
  }>(HISTORY, [ids, new Date(since), step]);
  const byPlace = new Map(rows.map((row) => [`${row.objectiveId} ${row.at.getTime()}`, row]));
  return ids.map((objectiveId) => ({
    objectiveId,
    points: Array.from({ length: count }, (_, index) => {
      const at = since + index * stepMs;
      const row = byPlace.get(`${objectiveId} ${at}`);
      const { measured = 0, sli = null, outage = 0 } = row ?? {};
      return { at: new Date(at).toISOString(), measured, sli, outage };
    }),
  }));
}

export const SloListInput = z.object({
  /** The last product of the page before, `domain/product`. */
  after: z.string().max(127).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

interface SloRow {
  product: string;
  title: string;
  standing: Standing;
  objectives: {
    key: string;
    title: string;
    target: number;
    sli: number | null;
    leftShare: number | null;
  }[];
}

/** Every product with objectives that the asker may find, by address, a page at a time. */
export async function listSlo(
  ctx: Ctx,
  raw: z.input<typeof SloListInput> = {},
): Promise<{ measuredThrough: string; products: SloRow[]; nextAfter: string | null }> {
  requireSignedIn(ctx, SCOPES);
  const { after = '', limit } = SloListInput.parse(raw);
  const [domain = '', name = '', rest] = after.split('/');
  if (after && (!name || rest !== undefined)) {
    throw invalid('Give "after" as domain/product.', { after: 'Use domain/product' });
  }
  const visible = await visibleProducts(ctx);
  const rows = await db().$queryRaw<{ id: string; product: string; title: string }[]>`
    select p.id, d.name || '/' || p.name as product, p.title
    from product p join domain d on d.id = p."domainId"
    where (d.name, p.name) > (${domain}, ${name}) and p.status <> 'draft' and ${visible}
      and exists (select 1 from slo_objective o where o."productId" = p.id and o."endedAt" is null)
    order by d.name, p.name limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  const objectives = await objectivesOf(page.map(({ id }) => id));
  const products = page.map(({ id, product, title }) => {
    const own = objectives.filter((one) => one.productId === id);
    return {
      ...{ product, title },
      standing: worstOf(own.map((one) => one.standing)),
      objectives: own.map((one) => ({
        ...{ key: one.key, title: one.title, target: one.target },
        ...{ sli: one.budget.sli, leftShare: one.budget.leftShare },
      })),
    };
  });
  const nextAfter = rows.length > limit ? (page.at(-1)?.product ?? null) : null;
  return { measuredThrough: (await measuredThrough()).toISOString(), products, nextAfter };
}
