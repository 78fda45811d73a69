import { pool } from '@/lib/core';
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
   * ISO time, when a search that no index answers ran out of time before the page was full: it has looked at
   * everything since then, and the next page looks further back.
   */
  lookedBackTo: string | null;
}
interface Asked {
  after?: string | undefined;
  limit: number;
}

const ORDER = 'at desc, chain, seq';

/** Newest first. The page's rows are chosen before names are joined to them. */
export async function readPage(filter: AuditFilter, asked: Asked): Promise<AuditPage> {
  const after = asked.after ? readCursor(asked.after) : undefined;
  const conditions = conditionsOf(filter, after);
  if (conditions.looked !== null) return lookThrough(filter, asked.limit, after);
  const { indexed, values } = conditions;
  const { rows } = await pool().query<Stored>(
    `with page as materialized (select * from audit_event ${indexed}
       order by ${ORDER} limit $${values.length + 1})
     select page.*, ${NAMES} from page ${NAMES_OF} order by page.at desc, page.chain, page.seq`,
    [...values, asked.limit + 1],
  );
  return { ...pageOf(rows, asked.limit), lookedBackTo: null };
}

function pageOf(rows: readonly Stored[], limit: number) {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    events: page.map(toRow),
    nextPage: rows.length > limit && last ? printCursor(last) : null,
  };
}

const TIME_MS = 2000;
const FIRST_STEP = 500;
const LONGEST_STEP = 8000;

/** Looks at the log's rows backwards, some thousands at a time, until the page is full or the time is over. */
async function lookThrough(
  filter: AuditFilter,
  limit: number,
  after: CursorRow | undefined,
): Promise<AuditPage> {
  const end = performance.now() + TIME_MS;
  const found: Stored[] = [];
  let place = after;
  let size = FIRST_STEP;
  for (;;) {
    const step = await look(conditionsOf(filter, place), size, limit + 1 - found.length);
    found.push(...step.rows);
    if (found.length > limit || !step.far) {
      return { ...pageOf(found, limit), lookedBackTo: null };
    }
    place = step.far;
    if (performance.now() > end) {
      return {
        events: found.map(toRow),
        nextPage: printCursor(place),
        lookedBackTo: place.at.toISOString(),
      };
    }
    size = Math.min(size * 4, LONGEST_STEP);
  }
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
