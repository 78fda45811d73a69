import { audit } from '@/lib/audit';
import { type Ctx, db, notFound, requireCan, transact } from '@/lib/core';
import {
  requireDecision,
  requireSignedIn,
  requireVisibleProduct,
  requireWholeRead,
} from '@/lib/governance';
import { discardSnapshots, QUARANTINE, readableSnapshot, withProductLock } from '@/lib/platform';
import { type Json, queryRows, scanSql } from '@/lib/platform/lake';
import { quoteIdent, type SchemaField } from '@/lib/specs';
import { ROW } from '../checks/define-check';
import { numbered } from '../run/plan';
import { decisionProduct, loadIncident } from './scope';

export interface RowsView {
  columns: string[];
  rows: Record<string, Json>[];
  /** Why there is nothing to show although rows were found. */
  note: string | null;
}
const MAX_ROWS = 50;

/**
 * Some of the rows that broke the rule when it last ran, read from the snapshot they were found in. For those who may
 * read the product's rows: decided and written down like any read.
 * @throws AppError not_found | forbidden
 */
export async function incidentRows(ctx: Ctx, incidentId: string): Promise<RowsView> {
  const incident = await loadIncident(ctx, incidentId);
  await requireWholeRead(ctx, decisionProduct(incident));
  const { runId, ruleId } = incident;
  const result = ruleId
    ? await db().qualityResult.findUnique({
        where: { runId_ruleId: { runId, ruleId } },
        include: { run: { select: { snapshotId: true } } },
      })
    : null;
  if (!result || result.sample.length === 0) return { columns: [], rows: [], note: null };
  const snapshot = await db().snapshot.findUnique({ where: { id: result.run.snapshotId } });
  if (snapshot?.status !== 'ready') {
    const note =
      'The snapshot in which they were found is not kept any more, and its rows with it.';
    return { columns: [], rows: [], note };
  }
  return readRows(snapshot, `${ROW} in (${result.sample.join(', ')})`);
}

async function readRows(
  snapshot: { id: string; schema: unknown },
  where: string,
): Promise<RowsView> {
  const columns = (snapshot.schema as SchemaField[]).map((field) => field.name);
  const { files, without } = await readableSnapshot(snapshot.id, null);
  const isShown = without ? `(${where}) and (${without}) is not true` : where;
  const rows = await queryRows(
    `select ${columns.map(quoteIdent).join(', ')} from ${numbered(scanSql(files))} where ${isShown} limit ${MAX_ROWS}`,
    [],
    { files },
  );
  return { columns, rows, note: null };
}

export interface SideFile {
  id: string;
  rows: number;
  at: string;
  ruleName: string | null;
  incidentId: string | null;
}

/** The side files with rows that were taken out of a product, newest first. */
export async function listQuarantine(ctx: Ctx, productId: string): Promise<SideFile[]> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  await requireVisibleProduct(ctx, productId);
  const files = await db().snapshot.findMany({
    where: { productId, environment: QUARANTINE, status: 'ready' },
    orderBy: { number: 'desc' },
    take: MAX_ROWS,
    select: { id: true, rowCount: true },
  });
  const jobs = await db().qualityRemediation.findMany({
    where: { sideSnapshotId: { in: files.map((file) => file.id) } },
    select: {
      sideSnapshotId: true,
      createdAt: true,
      incidentId: true,
      incident: { select: { ruleName: true } },
    },
  });
  return files.flatMap(({ id, rowCount }) => {
    const job = jobs.find((one) => one.sideSnapshotId === id);
    if (!job) return [];
    const { createdAt, incidentId, incident } = job;
    const rows = Number(rowCount);
    return [{ id, rows, at: createdAt.toISOString(), ruleName: incident.ruleName, incidentId }];
  });
}

async function sideFile(ctx: Ctx, id: string) {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const file = await db().snapshot.findFirst({
    where: { id, environment: QUARANTINE, status: 'ready' },
    include: { product: { include: { domain: { select: { name: true } } } } },
  });
  if (!file) throw notFound('This side file');
  await requireVisibleProduct(ctx, file.productId);
  const { domain, ...product } = file.product;
  return { file, product: { ...product, domain: domain.name } };
}

/** The first rows of a side file, for those who may read the product's rows. @throws AppError not_found | forbidden */
export async function quarantineRows(ctx: Ctx, id: string): Promise<RowsView> {
  const { file, product } = await sideFile(ctx, id);
  await requireWholeRead(ctx, product);
  return readRows(file, 'true');
}

/** Destroys a side file with its key. @throws AppError not_found | forbidden */
export async function discardQuarantine(ctx: Ctx, id: string): Promise<void> {
  const { file, product } = await sideFile(ctx, id);
  requireCan(ctx, 'quality.manage', product);
  await requireDecision(ctx, { action: 'delete', product });
  await withProductLock(product.id, () =>
    discardSnapshots(product.id, { snapshotIds: [id], onlyUnserved: true }),
  );
  await transact(async (tx) => {
    audit(tx, ctx, {
      action: 'quality.quarantine.discard',
      target: { type: 'snapshot', id },
      productId: product.id,
      domainId: product.domainId,
      detail: { rows: Number(file.rowCount) },
    });
  });
}
