import { type Ctx, db, forbidden, invalid } from '@/lib/core';
import { type DecisionProduct, mayReadWhole } from '@/lib/governance';
import { requireSourceProduct } from '@/lib/products/source-products';
import { type RuleLike, sourcesOf } from './compile';
import { inputsOf, openRules } from './measure-snapshot';
import { lakeRows } from './run/lake-rows';
import { measure, problemOf } from './run/measure';

/**
 * What rules would tell is for those who may read it: a rule runs with the rights of the product's owner, and nobody
 * asks through it what is not theirs to read. @throws AppError not_found | forbidden | precondition
 */
export async function requireRuleSources(ctx: Ctx, rules: readonly RuleLike[]): Promise<void> {
  for (const address of new Set(rules.flatMap(sourcesOf))) {
    const { terms } = await requireSourceProduct(ctx, address);
    // A rule compares values as they are: it would find what a mask hides.
    if (terms) throw forbidden(`Your grant opens a part of ${address}, and a rule asks all of it.`);
  }
}

/**
 * Has the engine read a rule over one of the rows that are served: what it cannot compute there, it never could.
 * @throws AppError invalid | not_found | forbidden (the rows of the product, or of another that the rule reads)
 */
export async function tryRule(ctx: Ctx, product: DecisionProduct, rule: RuleLike): Promise<void> {
  if (!(await mayReadWhole(ctx, product))) {
    throw forbidden('A rule asks the rows, and you may not read those of this product.');
  }
  await requireRuleSources(ctx, [rule]);
  const served = await db().productEnvironment.findFirst({
    where: { productId: product.id, environment: 'production', status: 'live' },
  });
  if (!served?.snapshotId) return;
  const opened = await openRules(product.id, served.snapshotId, [rule]);
  const rows = lakeRows({ ...opened, inputsOf: () => inputsOf(rule), isTrial: true });
  let fault: unknown;
  const noting = <A extends unknown[], R>(run: (...args: A) => Promise<R>) => {
    return (...args: A) =>
      run(...args).catch((error: unknown) => {
        fault ??= error;
        throw error;
      });
  };
  await measure(opened.rules, { read: noting(rows.read), sandbox: noting(rows.sandbox) });
  const [compiled] = opened.rules;
  if (compiled && 'problem' in compiled) throw invalid(compiled.problem);
  if (fault !== undefined) throw invalid(problemOf(fault));
}
