import { type Ctx, db, enqueue, newId, requireCan, systemCtx, transact } from '@/lib/core';
import { audit } from './audit';
import type { AuditReport } from './report';
import { verifyAudit } from './verify';

/** Has the whole log proven by a worker; the result is a row of the log itself. */
export async function requestVerification(ctx: Ctx): Promise<void> {
  requireCan(ctx, 'audit.read');
  await transact(async (tx) => {
    audit(tx, ctx, { action: 'audit.verify.request' });
    await enqueue(tx, {
      workflow: 'audit-verify',
      queue: 'maintenance',
      key: `audit-verify:${newId()}`,
      args: ['manual'],
    });
  });
}

/** Proves the log and writes down what came of it. */
export async function verifyAndRecord(): Promise<AuditReport> {
  const report = await verifyAudit();
  await transact(async (tx) => {
    audit(tx, systemCtx('audit'), { action: 'audit.verify', detail: { ...report } });
  });
  return report;
}

export interface Verification {
  /** The last one that ended; null before the first. */
  last: { at: string; report: AuditReport } | null;
  isRunning: boolean;
}

/** How the last verification ended, and whether another was asked for since. */
export async function lastVerification(ctx: Ctx): Promise<Verification> {
  requireCan(ctx, 'audit.read');
  const newest = (action: string) =>
    db().auditEvent.findFirst({ where: { action }, orderBy: { at: 'desc' } });
  const [done, asked] = await Promise.all([newest('audit.verify'), newest('audit.verify.request')]);
  return {
    last: done && {
      at: done.at.toISOString(),
      report: done.detail as unknown as AuditReport,
    },
    isRunning: asked !== null && (done === null || done.at < asked.at),
  };
}

export interface CheckpointRow {
  seq: string;
  at: string;
  hash: string;
  signature: string | null;
}
const PAGE = 100;

/** Checkpoints, newest first, with what the portal's key signed about each: note them elsewhere. */
export async function listCheckpoints(
  ctx: Ctx,
  before?: string,
): Promise<{ checkpoints: CheckpointRow[]; nextPage: string | null }> {
  requireCan(ctx, 'audit.read');
  const rows = await db().auditCheckpoint.findMany({
    where: before && /^\d{1,18}$/.test(before) ? { seq: { lt: BigInt(before) } } : {},
    orderBy: { seq: 'desc' },
    take: PAGE + 1,
  });
  const page = rows.slice(0, PAGE);
  return {
    nextPage: rows.length > PAGE ? String(page.at(-1)?.seq) : null,
    checkpoints: page.map(({ seq, at, hash, signature }) => ({
      seq: String(seq),
      at: at.toISOString(),
      hash: Buffer.from(hash).toString('hex'),
      signature,
    })),
  };
}
