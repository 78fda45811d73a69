import { type Ctx, can, db, notFound } from '@/lib/core';
import { requireSignedIn, requireVisibleProduct } from '@/lib/governance';

export interface SnapshotRow {
  id: string;
  number: number;
  environment: string;
  createdAt: string;
  rowCount: number;
  sizeBytes: number;
  /** `removed`: its files are gone by age, retention or erasure, and it can be neither read nor served. */
  status: 'ready' | 'removed';
  isServed: boolean;
  /** The release that wrote it. */
  release: { number: number; version: string } | null;
}

const PAGE = 50;

/**
 * A product's snapshots, newest first; what is in staging only for those who operate it.
 * @param before go on below this number
 * @throws AppError unauthenticated | forbidden | not_found
 */
export async function listSnapshots(
  ctx: Ctx,
  productId: string,
  options: { before?: number } = {},
): Promise<{ snapshots: SnapshotRow[]; staged: SnapshotRow | null; next: number | null }> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  await requireVisibleProduct(ctx, productId);
  const product = await db().product.findUnique({
    where: { id: productId },
    include: {
      environments: true,
      releases: { select: { id: true, number: true, version: true } },
    },
  });
  if (!product) throw notFound('The product');
  const served = new Map(product.environments.map((one) => [one.environment, one.snapshotId]));
  const stagedId = can(ctx, 'product.operate', product) ? served.get('staging') : null;
  const [rows, staged] = await Promise.all([
    db().snapshot.findMany({
      where: {
        productId,
        environment: 'production',
        status: { not: 'building' },
        ...(options.before !== undefined && { number: { lt: options.before } }),
      },
      orderBy: { number: 'desc' },
      take: PAGE + 1,
    }),
    stagedId ? db().snapshot.findUnique({ where: { id: stagedId } }) : null,
  ]);
  const releases = new Map(product.releases.map(({ id, ...release }) => [id, release]));
  const dto = (row: (typeof rows)[number]): SnapshotRow => ({
    id: row.id,
    number: row.number,
    environment: row.environment,
    createdAt: row.createdAt.toISOString(),
    rowCount: Number(row.rowCount),
    sizeBytes: Number(row.sizeBytes),
    status: row.status === 'ready' ? 'ready' : 'removed',
    isServed: served.get(row.environment) === row.id,
    release: releases.get(row.releaseId ?? '') ?? null,
  });
  const shown = rows.slice(0, PAGE);
  return {
    snapshots: shown.map(dto),
    staged: staged && dto(staged),
    next: rows.length > PAGE ? (shown.at(-1)?.number ?? null) : null,
  };
}
