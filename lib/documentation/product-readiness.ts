import { type Ctx, db, requireCan } from '@/lib/core';
import { requireVisibleProduct, validateProduct } from '@/lib/governance';
import { type DataProduct, sloTargets } from '@/lib/specs';
import { type ReadinessItem, readiness } from './checklist';
import { productText } from './product-text';
import { exampleOutcomes } from './run-examples';

export interface ProductReadiness {
  items: ReadinessItem[];
  done: number;
}

/**
 * The list of a product that somebody operates.
 * @throws AppError not_found | unauthenticated | forbidden
 */
export async function productReadiness(ctx: Ctx, productId: string): Promise<ProductReadiness> {
  const product = await requireVisibleProduct(ctx, productId);
  requireCan(ctx, 'product.operate', product);
  const text = await productText(productId);
  const [row, run, ruleCount, qualityViolations, examples] = await Promise.all([
    db().product.findUniqueOrThrow({
      where: { id: productId },
      select: { descriptor: true, owner: { select: { disabledAt: true } } },
    }),
    db().qualityRun.findFirst({
      where: {
        productId,
        environment: { in: ['production', 'staging'] },
        finishedAt: { not: null },
      },
      orderBy: { startedAt: 'desc' },
      select: {
        results: { select: { passed: true, rule: { select: { name: true } } }, take: 500 },
      },
    }),
    db().qualityRule.count({ where: { productId, isEnabled: true } }),
    db().violation.count({
      where: { productId, status: { not: 'resolved' }, dedupeKey: { startsWith: 'data_quality:' } },
    }),
    exampleOutcomes(text, text.text),
  ]);
  const descriptor = row.descriptor as unknown as DataProduct;
  const findings = await validateProduct({ descriptor, domain: product.domain, productId });
  const failed = run?.results.filter(({ passed }) => !passed).map(({ rule }) => rule.name) ?? [];
  const items = readiness({
    address: `${product.domain}/${product.name}`,
    descriptor,
    documentation: text.text,
    isOwnerActive: row.owner.disabledAt === null,
    findings,
    examples,
    quality: run && { rules: run.results.length, failed },
    ruleCount,
    qualityViolations,
    objectives: Object.keys(sloTargets(descriptor.spec.slo)).length,
  });
  return { items, done: items.filter(({ isDone }) => isDone).length };
}
