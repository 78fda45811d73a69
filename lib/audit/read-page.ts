import { now, pool } from '@/lib/core';
import {
  type AuditFilter,
  type Conditions,
  type CursorRow,
  conditionsOf,
  printCursor,
  readCursor,
} from './filter';
import { type AuditRow, NAMES, NAMES_OF, type Stored, toRow } from './row';

export interface AuditPage {
  events: AuditRow[];
  nextPage: string | null;
  /**
   * ISO time, when a search ran out of time before the page was full: it has looked at everything since then, and
   * the next page looks further back.
   */
  lookedBackTo: string | null;
}
interface Asked {
  after?: string | undefined;
  limit: number;
}
interface Search {
  limit: number;
  /** Of `performance.now()`: the page ends then, full or not. */
  end: number;
  found: Stored[];
}

const ORDER = 'at desc, chain, seq';
const TIME_MS = 2000;
const FIRST_STEP = 500;
const LONGEST_STEP = 8000;

/**
 * Newest first, month by month backwards, so that each month's own statistics choose the index: asked over all of
 * them at once, PostgreSQL looks for what is rare by reading every row in order of time.
 */
export async function readPage(filter: AuditFilter, { after, limit }: Asked): Promise<AuditPage> {
  const search: Search = { limit, end: performance.now() + TIME_MS, found: [] };
  let place = after ? readCursor(after) : undefined;
  let top: Date | null = place?.at ?? filter.to ?? now();
  let high = filter.to;
  while (top) {
    const low = monthOf(top);
    const month = {
      ...filter,
      to: high,
      from: filter.from && filter.from > low ? filter.from : low,
    };
    const far = await readMonth(month, place, search);
    if (search.found.length > limit) break;
    if (far) return pageSoFar(search, far);
    top = await newestBefore(low, filter.from);
    // Everything before the month: no row stands at a part of a millisecond.
    const before = { at: new Date(low.getTime() - 1), chain: 0, seq: '0' };
    if (top && performance.now() > search.end) return pageSoFar(search, before);
    place = undefined;
    high = low;
  }
  const page = search.found.slice(0, limit);
  const last = page.at(-1);
  const isMore = search.found.length > limit && last;
  return {
    events: page.map(toRow),
    nextPage: isMore ? printCursor(last) : null,
    lookedBackTo: null,
  };
}

const monthOf = (at: Date) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth()));

const pageSoFar = ({ found }: Search, far: CursorRow): AuditPage => ({
  events: found.map(toRow),
  nextPage: printCursor(far),
  lookedBackTo: far.at.toISOString(),
});

async function newestBefore(high: Date, low: Date | undefined): Promise<Date | null> {
  const { rows } = await pool().query<{ at: Date | null }>(
    'select max(at) as at from audit_event where at < $1 and at >= $2',
    [high, low ?? '-infinity'],
  );
  return rows[0]?.at ?? null;
}

/** @returns where it stopped when the time was over; null when the month has no more, or the page is full */
async function readMonth(
  month: AuditFilter,
  after: CursorRow | undefined,
  search: Search,
): Promise<CursorRow | null> {
  const { found, limit } = search;
  const conditions = conditionsOf(month, after);
  if (conditions.looked === null) {
    found.push(...(await readIndexed(conditions, limit + 1 - found.length)));
    return null;
  }
  let size = FIRST_STEP;
  let place = after;
  for (;;) {
    const step = await look(conditionsOf(month, place), size, limit + 1 - found.length);
    found.push(...step.rows);
    if (found.length > limit || !step.far) return null;
    if (performance.now() > search.end) return step.far;
    place = step.far;
    size = Math.min(size * 4, LONGEST_STEP);
  }
}

/** The rows are chosen before names are joined to them. */
async function readIndexed({ indexed, values }: Conditions, limit: number): Promise<Stored[]> {
  const { rows } = await pool().query<Stored>(
    `with page as materialized (select * from audit_event ${indexed}
       order by ${ORDER} limit $${values.length + 1})
     select page.*, ${NAMES} from page ${NAMES_OF} order by page.at desc, page.chain, page.seq`,
    [...values, limit],
  );
  return rows;
}

type Looked = Stored & { seen: number; farAt: Date; farChain: number; farSeq: string };

/** @returns those of the next `size` rows that match, and the last of them; `far` is null at the log's beginning */
async function look(
  { indexed, looked, values }: Conditions,
  size: number,
  limit: number,
): Promise<{ rows: Stored[]; far: CursorRow | null }> {
  const [sizeAt, limitAt] = [`$${values.length + 1}`, `$${values.length + 2}`];
  const { rows } = await pool().query<Looked>(
    `with seen as materialized (select * from audit_event ${indexed} order by ${ORDER} limit ${sizeAt}),
       page as (select * from seen where ${looked} order by ${ORDER} limit ${limitAt}),
       far as (select at as "farAt", chain as "farChain", seq as "farSeq",
           (select count(*) from seen)::int as seen
         from seen order by at, chain desc, seq desc limit 1)
     select far.*, page.*, ${NAMES} from far left join page on true ${NAMES_OF}
     order by page.at desc, page.chain, page.seq`,
    [...values, size, limit],
  );
  const [first] = rows;
  const isEnd = !first || first.seen < size;
  const far = isEnd ? null : { at: first.farAt, chain: first.farChain, seq: first.farSeq };
  return { rows: first?.id ? rows : [], far };
}
