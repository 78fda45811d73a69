import { type Ctx, db, now, requireCan } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { type Place, placeOf } from '../place';

export interface ReaderRow {
  name: string;
  email: string;
  reads: number;
  rows: number;
  lastAt: string;
}
export interface ColumnRow {
  column: string;
  /** Reads that asked for it, or for all columns. */
  reads: number;
}
export interface UsageDetail {
  days: number;
  reads: number;
  readers: ReaderRow[];
  /** How many people read, beyond those that are listed. */
  readerCount: number;
  columns: ColumnRow[];
}

const DAYS = 30;
const MOST_READERS = 100;
const DAY_MS = 86_400_000;

/**
 * Who read a product in 30 days, how often, and which of its columns, counted from what was served: for its owner,
 * its domain's data admins and stewards. @throws AppError not_found | forbidden
 */
export async function usageDetail(ctx: Ctx, productId: string): Promise<UsageDetail> {
  requireSignedIn(ctx, ['catalog:read']);
  const place = await placeOf(ctx, productId);
  requireCan(ctx, 'usage.read', place);
  const since = new Date(now().getTime() - DAYS * DAY_MS);
  const [readers, totals, columns] = await Promise.all([
    readersOf(place, since),
    totalsOf(place, since),
    columnsOf(place, since),
  ]);
  return {
    days: DAYS,
    reads: totals?.reads ?? 0,
    readerCount: totals?.readers ?? 0,
    readers: readers.map((row) => ({ ...row, lastAt: row.lastAt.toISOString() })),
    columns,
  };
}

type Found = Omit<ReaderRow, 'lastAt'> & { lastAt: Date };
const readersOf = ({ id }: Place, since: Date) => db().$queryRaw<Found[]>`
  select u.name, u.email, r.reads, r.rows, r."lastAt" from (
    select "actorId", count(*)::int as reads, sum("rowCount")::float8 as rows, max(at) as "lastAt"
    from usage_event where "productId" = ${id} and at > ${since} and status < 400 and shape = 'rows'
    group by 1) r
  join "user" u on u.id = r."actorId" order by r.reads desc, u.email limit ${MOST_READERS}`;

async function totalsOf({ id }: Place, since: Date) {
  const rows = await db().$queryRaw<{ reads: number; readers: number }[]>`
    select count(*)::int as reads, count(distinct "actorId")::int as readers from usage_event
    where "productId" = ${id} and at > ${since} and status < 400 and shape = 'rows'`;
  return rows[0];
}

/** A read without a choice of columns is one of each; columns that are gone are left out. */
const columnsOf = ({ id }: Place, since: Date) => db().$queryRaw<ColumnRow[]>`
  with served as materialized (select columns, count(*)::int as reads from usage_event
    where "productId" = ${id} and at > ${since} and status < 400 and shape = 'rows' group by 1),
  asked as (select c as column, sum(reads)::int as reads from served, unnest(columns) c group by 1),
  whole as (select coalesce(sum(reads), 0)::int as reads from served where cardinality(columns) = 0),
  field as (select f.value->>'name' as name, f.ordinality from product p,
    jsonb_array_elements(p.descriptor #> '{spec,schema}') with ordinality f where p.id = ${id})
  select f.name as column, (coalesce(a.reads, 0) + w.reads)::int as reads
  from field f cross join whole w left join asked a on a.column = f.name
  order by 2 desc, f.ordinality`;
