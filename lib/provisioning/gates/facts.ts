import { db, notFound, now, type Tx } from '@/lib/core';
import { type Finding, isHeld, validateProduct } from '@/lib/governance';
import { contractAt, type OwnContract } from '@/lib/platform';
import type { ProductStatus } from '@/lib/products/lifecycle';
import type { DataProduct } from '@/lib/specs';
import { consumersOf } from '../consumers';
import { livingReaders } from '../living-readers';
import { isSuite, type SuiteName } from '../suites';
import { gateOf } from '../versions/change-gate';

export interface SuiteFacts {
  status: string;
  failures: string[];
  warnings: string[];
}

/** What the gates look at: read, never told. */
export interface GateFacts {
  productId: string;
  domain: string;
  name: string;
  status: ProductStatus;
  /** As it would be live: the candidate's, where there is one. */
  version: string;
  descriptor: DataProduct;
  documentation: string;
  hasPipeline: boolean;
  ruleCount: number;
  stagedSnapshotId: string | null;
  /** The newest run of each suite on the staged snapshot. */
  tests: Partial<Record<SuiteName, SuiteFacts>>;
  findings: Finding[];
  /** Why the contract version that is staged may not take effect yet. */
  changeObstacle: string | null;
  hasVerifiedAccess: boolean;
  isMonitored: boolean;
  deprecatedAt: Date | null;
  sunsetAt: Date | null;
  grants: number;
  consumers: number;
  readers: string[];
  isHeld: boolean;
  at: Date;
}

/** @throws AppError not_found */
export async function gateFacts(productId: string): Promise<GateFacts> {
  const at = now();
  const product = await db().product.findUnique({
    where: { id: productId },
    include: {
      domain: { select: { name: true } },
      pipeline: { select: { productId: true } },
      environments: { where: { environment: 'staging', status: 'live' } },
    },
  });
  if (!product) throw notFound('The product');
  const stagedSnapshotId = product.environments[0]?.snapshotId ?? null;
  const candidate = await contractAt(productId, 'staging');
  const descriptor = candidate.descriptor ?? (product.descriptor as unknown as DataProduct);
  const domain = product.domain.name;
  const [
    ruleCount,
    tests,
    findings,
    changeObstacle,
    governed,
    checked,
    grants,
    consumers,
    readers,
    held,
  ] = await Promise.all([
    ruleCountOf(productId, candidate),
    stagedSnapshotId ? newestTests(productId, stagedSnapshotId) : {},
    validateProduct({ productId, domain, descriptor }),
    obstacleOfChange(candidate),
    db().resource.count({
      where: { productId, environment: 'staging', capability: 'governance' },
    }),
    db().qualityRun.count({
      where: { productId, snapshotId: stagedSnapshotId ?? '', finishedAt: { not: null } },
    }),
    activeGrants(db(), productId),
    consumersOf(productId),
    livingReaders(db(), productId),
    isHeld(productId),
  ]);
  return {
    productId,
    domain,
    name: product.name,
    status: product.status as ProductStatus,
    version: candidate.version ?? product.version,
    descriptor,
    documentation: candidate.descriptor
      ? (descriptor.spec.documentation ?? '')
      : product.documentation || descriptor.spec.documentation || '',
    hasPipeline: product.pipeline !== null,
    ruleCount,
    stagedSnapshotId,
    tests,
    findings,
    changeObstacle,
    hasVerifiedAccess: governed > 0,
    isMonitored: checked > 0,
    deprecatedAt: product.deprecatedAt,
    sunsetAt: product.sunsetAt,
    grants,
    consumers: consumers.length,
    readers,
    isHeld: held,
    at,
  };
}

async function ruleCountOf(productId: string, { descriptor }: OwnContract): Promise<number> {
  return descriptor
    ? (descriptor.spec.quality ?? []).length
    : db().qualityRule.count({ where: { productId, isEnabled: true } });
}

async function obstacleOfChange({ contractVersionId }: OwnContract): Promise<string | null> {
  const version = contractVersionId
    ? await db().contractVersion.findUnique({ where: { id: contractVersionId } })
    : null;
  return version && gateOf(db(), version);
}

export const activeGrants = (tx: Tx, productId: string): Promise<number> =>
  tx.grant.count({
    where: {
      productId,
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }],
    },
  });

async function newestTests(productId: string, snapshotId: string): Promise<GateFacts['tests']> {
  const runs = await db().testRun.findMany({
    where: { productId, snapshotId },
    orderBy: { startedAt: 'desc' },
    take: 100,
    include: { results: { orderBy: { ordinal: 'asc' } } },
  });
  const tests: GateFacts['tests'] = {};
  for (const { suite, status, results } of runs) {
    if (!isSuite(suite) || tests[suite]) continue;
    const messages = (wanted: string) =>
      results.filter((one) => one.status === wanted).map((one) => `${one.name}: ${one.message}`);
    tests[suite] = { status, failures: messages('failed'), warnings: messages('warning') };
  }
  return tests;
}
