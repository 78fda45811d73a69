import { type Ctx, notFound, pool, requireCan } from '@/lib/core';
import { type AuditFilter, PROBE } from './filter';
import { type AuditPage, readPage } from './read-page';
import { type AuditRow, NAMES, NAMES_OF, type Stored, toRow } from './row';

/** @throws AppError forbidden without `audit.read`; invalid when `after` is not one of its pages */
export async function listAudit(
  ctx: Ctx,
  filter: AuditFilter,
  page: { after?: string | undefined; limit?: number } = {},
): Promise<AuditPage> {
  requireCan(ctx, 'audit.read');
  const limit = Math.min(Math.max(page.limit ?? 50, 1), 500);
  return readPage(filter, { limit, after: page.after });
}

export async function getAuditEvent(ctx: Ctx, id: string): Promise<AuditRow> {
  requireCan(ctx, 'audit.read');
  const { rows } = await pool().query<Stored>(
    `select page.*, ${NAMES} from audit_event page ${NAMES_OF} where page.id = $1`,
    [id],
  );
  if (!rows[0]) throw notFound(`The audit row ${id}`);
  return toRow(rows[0]);
}

export interface AuditSummary {
  allowed: number;
  denied: number;
  changes: number;
  /** The day has more rows than are counted: the numbers are of the newest ones. */
  isMore: boolean;
  /** ISO time that the counts begin at. */
  since: string;
  rows: number;
  checkpoint: { seq: string; at: string; hash: string } | null;
}

const MOST_COUNTED = 100_000;

/** What the log holds: the last 24 hours by kind, and how far it is sealed. */
export async function auditSummary(ctx: Ctx, now: Date): Promise<AuditSummary> {
  requireCan(ctx, 'audit.read');
  const since = new Date(now.getTime() - 86_400_000);
  const [counts, size, sealed] = await Promise.all([
    pool().query<Pick<AuditSummary, 'allowed' | 'denied' | 'changes' | 'isMore'>>(
      `select count(*) filter (where decision = 'allow')::int as allowed,
         count(*) filter (where decision = 'deny')::int as denied,
         count(*) filter (where decision is null)::int as changes, count(*) = $2 as "isMore"
       from (select decision from audit_event where at >= $1 and "actorLabel" <> $3 order by at desc limit $2) newest`,
      [since, MOST_COUNTED, PROBE],
    ),
    // Numbers are dense, so each chain's last one is its length.
    pool().query<{ rows: number }>('select sum(seq)::float8 as rows from audit_head'),
    pool().query<{ seq: string; at: Date; hash: Buffer }>(
      'select seq, at, hash from audit_checkpoint order by seq desc limit 1',
    ),
  ]);
  const last = sealed.rows[0];
  return {
    ...(counts.rows[0] ?? { allowed: 0, denied: 0, changes: 0, isMore: false }),
    since: since.toISOString(),
    rows: size.rows[0]?.rows ?? 0,
    checkpoint: last
      ? { seq: last.seq, at: last.at.toISOString(), hash: last.hash.toString('hex') }
      : null,
  };
}
