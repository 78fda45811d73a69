import { type Ctx, notFound, pool, requireCan } from '@/lib/core';
import { CHAINS } from './append';
import type { AuditEntry } from './event';
import { type AuditFilter, PROBE, printCursor, whereOf } from './filter';

export interface AuditRow {
  id: string;
  chain: number;
  seq: string;
  at: string;
  kind: string;
  action: string;
  actor: { type: string; id: string | null; label: string };
  decision: 'allow' | 'deny' | null;
  target: { type: string; id: string } | null;
  domainId: string | null;
  domain: string | null;
  productId: string | null;
  /** `domain/name`, while the product's row exists. */
  product: string | null;
  requestId: string | null;
  detail: Record<string, unknown>;
  prevHash: string;
  hash: string;
}
export interface AuditPage {
  events: AuditRow[];
  nextPage: string | null;
}

interface Stored extends Omit<AuditEntry, 'detail'> {
  chain: number;
  seq: string;
  detail: Record<string, unknown>;
  prevHash: Buffer;
  hash: Buffer;
  productName: string | null;
  productDomain: string | null;
  domainName: string | null;
}

function toRow(row: Stored): AuditRow {
  const { id, chain, seq, kind, action, decision, domainId, productId, requestId, detail } = row;
  return {
    id,
    chain,
    seq,
    at: row.at.toISOString(),
    kind,
    action,
    actor: { type: row.actorType, id: row.actorId, label: row.actorLabel },
    decision,
    target: row.targetType && row.targetId ? { type: row.targetType, id: row.targetId } : null,
    domainId,
    domain: row.domainName,
    productId,
    product: row.productName && `${row.productDomain}/${row.productName}`,
    requestId,
    detail,
    prevHash: row.prevHash.toString('hex'),
    hash: row.hash.toString('hex'),
  };
}

/** Newest first. The page's rows are chosen before names are joined to them. */
export async function readPage(
  filter: AuditFilter,
  options: { after?: string; limit: number },
): Promise<AuditPage> {
  const { sql, values } = whereOf(filter, options.after);
  values.push(options.limit + 1);
  const { rows } = await pool().query<Stored>(
    `with page as materialized (select * from audit_event ${sql}
       order by at desc, chain, seq limit $${values.length})
     select page.*, p.name as "productName", pd.name as "productDomain", d.name as "domainName"
     from page
     left join product p on p.id = page."productId"
     left join domain pd on pd.id = p."domainId"
     left join domain d on d.id = page."domainId"
     order by page.at desc, page.chain, page.seq`,
    values,
  );
  const events = rows.slice(0, options.limit);
  const last = events.at(-1);
  return {
    events: events.map(toRow),
    nextPage: rows.length > options.limit && last ? printCursor(last) : null,
  };
}

/** @throws AppError forbidden without `audit.read`; invalid when `after` is not one of its pages */
export async function listAudit(
  ctx: Ctx,
  filter: AuditFilter,
  page: { after?: string; limit?: number } = {},
): Promise<AuditPage> {
  requireCan(ctx, 'audit.read');
  const limit = Math.min(Math.max(page.limit ?? 50, 1), 500);
  return readPage(filter, { limit, ...(page.after ? { after: page.after } : {}) });
}

export async function getAuditEvent(ctx: Ctx, id: string): Promise<AuditRow> {
  requireCan(ctx, 'audit.read');
  const { rows } = await pool().query<Stored>(
    `select e.*, p.name as "productName", pd.name as "productDomain", d.name as "domainName"
     from audit_event e
     left join product p on p.id = e."productId"
     left join domain pd on pd.id = p."domainId"
     left join domain d on d.id = e."domainId"
     where e.id = $1`,
    [id],
  );
  if (!rows[0]) throw notFound(`The audit row ${id}`);
  return toRow(rows[0]);
}

export interface AuditSummary {
  allowed: number;
  denied: number;
  changes: number;
  /** ISO time that the counts begin at. */
  since: string;
  rows: number;
  checkpoint: { seq: string; at: string; hash: string } | null;
}

/** What the log holds: the last 24 hours by kind, and how far it is sealed. */
export async function auditSummary(ctx: Ctx, now: Date): Promise<AuditSummary> {
  requireCan(ctx, 'audit.read');
  const since = new Date(now.getTime() - 86_400_000);
  const [counts, size, sealed] = await Promise.all([
    pool().query<{ allowed: number; denied: number; changes: number }>(
      `select count(*) filter (where decision = 'allow')::int as allowed,
         count(*) filter (where decision = 'deny')::int as denied,
         count(*) filter (where decision is null)::int as changes
       from audit_event where at >= $1 and "actorLabel" <> $2`,
      [since, PROBE],
    ),
    // Numbers are dense, so each chain's last one is its length.
    pool().query<{ rows: number }>(
      `select coalesce(sum((select max(seq) from audit_event where chain = c)), 0)::float8 as rows
       from generate_series(0, ${CHAINS - 1}) c`,
    ),
    pool().query<{ seq: string; at: Date; hash: Buffer }>(
      'select seq, at, hash from audit_checkpoint order by seq desc limit 1',
    ),
  ]);
  const last = sealed.rows[0];
  return {
    ...(counts.rows[0] ?? { allowed: 0, denied: 0, changes: 0 }),
    since: since.toISOString(),
    rows: size.rows[0]?.rows ?? 0,
    checkpoint: last
      ? { seq: last.seq, at: last.at.toISOString(), hash: last.hash.toString('hex') }
      : null,
  };
}
