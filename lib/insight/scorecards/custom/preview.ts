import { z } from 'zod';
import { type Ctx, db, notFound } from '@/lib/core';
import { celFacts, compileRule, productsToCheck, visibleAmong } from '@/lib/governance';
import { Expression, requireManager } from './input';

export const PreviewCheckInput = z.object({
  expression: Expression,
  domain: z.string().min(1).max(63).nullish(),
});
export type PreviewCheckInput = z.input<typeof PreviewCheckInput>;

const LISTED = 20;
interface Named {
  address: string;
  title: string;
}
export interface CheckPreview {
  /** Why the expression cannot be used, with its line and column where CEL says one; then nothing was tried. */
  problems: string[];
  products: number;
  passing: number;
  failing: { count: number; listed: Named[] };
  /** Products that it could not be computed on, with the reason. */
  unknown: { count: number; listed: (Named & { why: string })[] };
}

/** Puts an expression to the products that it would be for; nothing is kept. @throws AppError forbidden | invalid | not_found */
export async function previewCheck(ctx: Ctx, raw: PreviewCheckInput): Promise<CheckPreview> {
  requireManager(ctx);
  const { expression, domain } = PreviewCheckInput.parse(raw);
  const { problems, evaluate } = compileRule(expression);
  const preview: CheckPreview = {
    ...{ problems, products: 0, passing: 0 },
    failing: { count: 0, listed: [] },
    unknown: { count: 0, listed: [] },
  };
  if (problems.length > 0) return preview;
  const found = domain ? await db().domain.findUnique({ where: { name: domain } }) : null;
  if (domain && !found) throw notFound('This domain');
  const listed = <T extends Named>(to: { count: number; listed: T[] }, one: T) => {
    to.count += 1;
    if (to.listed.length < LISTED) to.listed.push(one);
  };
  const scope = found ? { domainId: found.id } : {};
  for await (const batch of batches(productsToCheck(scope))) {
    const visible = await visibleAmong(
      ctx,
      batch.map(({ product }) => product.id),
    );
    for (const { product, descriptor, measured } of batch) {
      if (!visible.has(product.id)) continue;
      preview.products += 1;
      const verdict = evaluate(celFacts(descriptor, measured));
      const named = { address: `${product.domain}/${product.name}`, title: product.title };
      if ('problem' in verdict) listed(preview.unknown, { ...named, why: verdict.problem });
      else if (verdict.holds) preview.passing += 1;
      else listed(preview.failing, named);
    }
  }
  return preview;
}

const BATCH = 500;
async function* batches<T>(source: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const one of source) {
    batch.push(one);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
