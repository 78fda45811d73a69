import { z } from 'zod';
import { csvCell } from '@/lib/audit';
import { type Ctx, db, Prisma } from '@/lib/core';
import { LEVELS, type Level, PROPERTIES } from './checks/check';
import { recordedAt } from './record';
import { scopedTo } from './scope';

const PAGE = 50;
const LAST_PAGE = 400;
const MOST_ROWS = 10_000;

export const ScorecardFilter = z.object({
  domain: z.string().max(63).optional(),
  /** Part of a title or a name. */
  q: z.string().trim().max(100).optional(),
  property: z.enum(PROPERTIES).optional(),
  /** The level of the property, or of the whole. */
  level: z.coerce.number().int().min(0).max(3).optional(),
  /** Only products that a check says this of. */
  check: z.string().max(63).optional(),
  state: z.enum(['pass', 'fail', 'unknown']).default('fail'),
  /** Lowest first, or highest; by name. */
  sort: z.enum(['lowest', 'highest', 'name']).default('lowest'),
  page: z.coerce.number().int().min(1).max(LAST_PAGE).default(1),
});
export type ScorecardFilter = z.input<typeof ScorecardFilter>;

export interface StandingRow {
  /** `domain/name` */
  address: string;
  title: string;
  owner: string;
  level: Level;
  score: number;
  /** By property, in their order. */
  levels: Level[];
  /** Since when it is so. */
  since: string;
}
export interface Standings {
  items: StandingRow[];
  total: number;
  /** How many products of the filter, its level aside, are at each level. */
  counts: [number, number, number, number];
  page: number;
  hasMore: boolean;
  /** When all scorecards were looked at last; null before the first time. */
  recordedAt: string | null;
}

const levelColumn = (property: (typeof PROPERTIES)[number] | undefined): Prisma.Sql =>
  property ? Prisma.raw(`c.levels[${PROPERTIES.indexOf(property) + 1}]`) : Prisma.raw('c.level');

/** What the filter asks for, its level aside. */
async function conditionOf(
  ctx: Ctx,
  filter: z.output<typeof ScorecardFilter>,
): Promise<Prisma.Sql> {
  const where = await scopedTo(ctx, { domain: filter.domain });
  const text = filter.q && `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
  return Prisma.join(
    [
      where,
      ...(text ? [Prisma.sql`(p.title ilike ${text} or p.name ilike ${text})`] : []),
      ...(filter.check ? [Prisma.sql`c.results->${filter.check}->>0 = ${filter.state}`] : []),
    ],
    ' and ',
  );
}

interface Found {
  items: StandingRow[];
  /** By level, of all that the filter finds, its level aside. */
  counts: Record<string, number>;
}

/** A page of rows and the counts of all, found in one look at the recorded scorecards. */
async function found(
  ctx: Ctx,
  filter: z.output<typeof ScorecardFilter>,
  { limit, offset }: { limit: number; offset: number },
): Promise<Found> {
  const order = {
    lowest: Prisma.sql`f.at, f.score, f.title, f.id`,
    highest: Prisma.sql`f.at desc, f.score desc, f.title, f.id`,
    name: Prisma.sql`f.title, f.id`,
  }[filter.sort];
  const only =
    filter.level === undefined ? Prisma.sql`true` : Prisma.sql`f.at = ${filter.level}::int`;
  const [row] = await db().$queryRaw<Found[]>`
    with found as materialized (select p.id, p.title, c.score, ${levelColumn(filter.property)} as at
      from scorecard c join product p on p.id = c."productId" where ${await conditionOf(ctx, filter)}),
    page as (select f.*, row_number() over (order by ${order}) as n from found f where ${only}
      order by ${order} limit ${limit} offset ${offset})
    select (select coalesce(jsonb_object_agg(x.at, x.n), '{}') from (select f.at, count(*) as n from found f group by 1) x) as counts,
      (select coalesce(jsonb_agg(jsonb_build_object('address', d.name || '/' || p.name, 'title', p.title, 'owner', o.name,
          'level', c.level, 'score', c.score, 'levels', c.levels, 'since', c.since) order by f.n), '[]')
        from page f join product p on p.id = f.id join scorecard c on c."productId" = p.id
          join domain d on d.id = p."domainId" join "user" o on o.id = p."ownerId") as items`;
  const { items, counts } = row!;
  const since = (one: StandingRow) => new Date(one.since).toISOString();
  return { counts, items: items.map((one) => ({ ...one, since: since(one) })) };
}

/** Scorecards of the products that the actor may find, as recorded last. @throws AppError not_found | forbidden */
export async function listScorecards(ctx: Ctx, raw: ScorecardFilter = {}): Promise<Standings> {
  const filter = ScorecardFilter.parse(raw);
  const { page, level } = filter;
  const [{ items, counts: byLevel }, at] = await Promise.all([
    found(ctx, filter, { limit: PAGE + 1, offset: (page - 1) * PAGE }),
    recordedAt(),
  ]);
  const counts = [0, 1, 2, 3].map((one) => byLevel[one] ?? 0);
  return {
    items: items.slice(0, PAGE),
    total: level === undefined ? counts.reduce((a, b) => a + b, 0) : (counts[level] ?? 0),
    counts: counts as Standings['counts'],
    page,
    hasMore: items.length > PAGE && page < LAST_PAGE,
    recordedAt: at?.toISOString() ?? null,
  };
}

const line = (cells: (string | number)[]) =>
  `${cells.map((cell) => (typeof cell === 'number' ? String(cell) : csvCell(cell))).join(',')}\r\n`;

/** The same as CSV (RFC 4180), at most 10,000 products. @throws AppError not_found | forbidden */
export async function scorecardsCsv(ctx: Ctx, raw: ScorecardFilter = {}): Promise<string> {
  const filter = ScorecardFilter.parse(raw);
  const { items } = await found(ctx, filter, { limit: MOST_ROWS, offset: 0 });
  const head = ['product', 'title', 'owner', 'level', 'score', ...PROPERTIES, 'since'];
  const lines = items.map(({ address, title, owner, level, score, levels, since }) =>
    line([address, title, owner, LEVELS[level], score, ...levels.map((one) => LEVELS[one]), since]),
  );
  return [line(head), ...lines].join('');
}

export interface DomainStanding {
  domain: string;
  title: string;
  products: number;
  /** What at least four of five of its products have reached. */
  level: Level;
  levels: Level[];
  /** The mean of its products' scores. */
  score: number;
  /** Products at each level. */
  counts: [number, number, number, number];
}

/** A level is a domain's when this share of its products has reached it. */
export const DOMAIN_SHARE = 0.8;
const shareOf = (column: Prisma.Sql) =>
  Prisma.sql`percentile_disc(${DOMAIN_SHARE}) within group (order by ${column} desc)`;

/** Domains with the products that the actor may find. @throws AppError forbidden */
export async function domainStandings(ctx: Ctx): Promise<DomainStanding[]> {
  const where = await scopedTo(ctx, {});
  const levels = PROPERTIES.map((property) => shareOf(levelColumn(property)));
  return db().$queryRaw<DomainStanding[]>`
    select d.name as domain, d.title, count(*)::int as products, ${shareOf(levelColumn(undefined))} as level,
      array[${Prisma.join(levels)}] as levels, round(avg(c.score)::numeric, 1)::float8 as score,
      array[count(*) filter (where c.level = 0), count(*) filter (where c.level = 1),
        count(*) filter (where c.level = 2), count(*) filter (where c.level = 3)]::int[] as counts
    from scorecard c join product p on p.id = c."productId" join domain d on d.id = p."domainId"
    where ${where} group by d.id, d.name, d.title order by level, score, d.title`;
}
