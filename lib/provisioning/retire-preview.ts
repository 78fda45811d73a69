import { type Ctx, db, notFound, now, requireCan } from '@/lib/core';
import { gateFacts } from './gates/facts';
import { evaluateGate, obstacleOf } from './gates/gate';
import { GATES } from './gates/registry';
import { livingReaders } from './living-readers';

export interface RetirePreview {
  productId: string;
  /** What the person types to confirm: `domain/name`. */
  confirm: string;
  title: string;
  status: string;
  snapshots: number;
  files: number;
  sizeBytes: number;
  rows: number;
  hasEncryptedFiles: boolean;
  grants: number;
  /** Living products that read this one; retirement is refused while there are any, unless forced. */
  readers: string[];
  /** Why its last gate is closed, in a line; null when it may be retired without force. */
  obstacle: string | null;
}

/** What retiring would destroy. @throws AppError not_found | forbidden */
export async function previewRetire(ctx: Ctx, productId: string): Promise<RetirePreview> {
  const product = await db().product.findUnique({
    where: { id: productId },
    include: { domain: { select: { name: true } } },
  });
  if (!product) throw notFound('The product');
  requireCan(ctx, 'product.retire', product);
  const ofProduct = { productId, status: { not: 'removed' } };
  const [snapshots, files, keys, grants, live, readers] = await Promise.all([
    db().snapshot.count({ where: ofProduct }),
    db().snapshotFile.aggregate({
      where: { snapshot: ofProduct },
      _count: true,
      _sum: { sizeBytes: true },
    }),
    db().snapshotFile.count({ where: { snapshot: ofProduct, wrappedKey: { not: null } } }),
    db().grant.count({
      where: {
        productId,
        revokedAt: null,
        OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }],
      },
    }),
    db().productEnvironment.findFirst({
      where: { productId, environment: 'production', status: 'live' },
    }),
    livingReaders(db(), productId),
  ]);
  const snapshot = live?.snapshotId
    ? await db().snapshot.findUnique({ where: { id: live.snapshotId } })
    : null;
  return {
    productId,
    confirm: `${product.domain.name}/${product.name}`,
    title: product.title,
    status: product.status,
    snapshots,
    files: files._count,
    sizeBytes: Number(files._sum.sizeBytes ?? 0n),
    rows: Number(snapshot?.rowCount ?? 0n),
    hasEncryptedFiles: keys > 0,
    grants,
    readers,
    obstacle: await retirementObstacle(product),
  };
}

/**
 * Why a product that is live may not be retired without force; null when it may. What was never live has no
 * consumers.
 */
export async function retirementObstacle(product: {
  id: string;
  status: string;
}): Promise<string | null> {
  if (product.status !== 'production' && product.status !== 'deprecated') return null;
  return obstacleOf(await evaluateGate(GATES.retired, await gateFacts(product.id)));
}
