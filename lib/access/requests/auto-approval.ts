import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, db, notFound, now, requireCan, transact } from '@/lib/core';
import { type AskedGrant, requestMeets, requireVisibleProduct } from '@/lib/governance';
import { CLASSIFICATIONS, textOf } from '@/lib/specs';
import { type AskedProduct, MAX_DAYS, type PersonCtx } from './asking';

export const AutoApprovalInput = z.object({
  productId: z.string().min(1).max(100),
  /** Null ends it: every request waits for the owner. */
  rule: z
    .object({
      classifications: z.array(z.enum(CLASSIFICATIONS)).min(1, 'Choose at least one level'),
      isSameDomain: z.boolean().default(true),
      purposes: z
        .array(textOf(100, 1, 'Name a purpose'))
        .max(20)
        .default([]),
      maxDays: z.int().min(1).max(MAX_DAYS),
    })
    .nullable(),
});
export type AutoApprovalInput = z.input<typeof AutoApprovalInput>;
type Rule = NonNullable<z.output<typeof AutoApprovalInput>['rule']>;

/** Sets by which rule requests for a product are approved without its owner. @throws AppError forbidden | not_found */
export async function setAutoApproval(ctx: Ctx, raw: AutoApprovalInput): Promise<void> {
  const { productId, rule } = AutoApprovalInput.parse(raw);
  await transact(async (tx) => {
    const product = await tx.product.findUnique({
      where: { id: productId },
      include: { autoApproval: true },
    });
    if (!product) throw notFound('This product');
    requireCan(ctx, 'grant.manage', product);
    const setById = ctx.actor.type === 'user' ? ctx.actor.id : 'system';
    if (rule) {
      const data = { ...rule, setById, updatedAt: now() };
      await tx.autoApproval.upsert({
        where: { productId },
        create: { productId, ...data },
        update: data,
      });
    } else await tx.autoApproval.deleteMany({ where: { productId } });
    audit(tx, ctx, {
      action: 'access.rule',
      target: { type: 'product', id: productId },
      productId,
      domainId: product.domainId,
      detail: changed(product.autoApproval && partsOf(product.autoApproval), rule),
    });
  });
}

const partsOf = ({ classifications, isSameDomain, purposes, maxDays }: Rule | StoredRule) => ({
  ...{ classifications, isSameDomain, purposes, maxDays },
});
interface StoredRule extends Omit<Rule, 'classifications'> {
  classifications: string[];
}

/** A product's rule and the Cedar policy that it is; null without one. */
export async function autoApproval(
  ctx: Ctx,
  productId: string,
): Promise<(StoredRule & { cedar: string }) | null> {
  const product = await requireVisibleProduct(ctx, productId);
  requireCan(ctx, 'grant.manage', product);
  const rule = await db().autoApproval.findUnique({ where: { productId } });
  return rule && { ...partsOf(rule), cedar: cedarOf(productId, rule) };
}

const list = (words: readonly string[]) =>
  `[${words.map((one) => JSON.stringify(one)).join(', ')}]`;

/** The owner's setting as a Cedar policy: the request is put to it like any decision. */
export function cedarOf(productId: string, rule: StoredRule): string {
  const when = [
    `${list(rule.classifications)}.contains(resource.classification)`,
    ...(rule.isSameDomain
      ? ['principal has membership && principal.membership.domain == resource.domain']
      : []),
    ...(rule.purposes.length > 0 ? [`${list(rule.purposes)}.contains(context.purpose)`] : []),
    `context.days <= ${rule.maxDays}`,
  ];
  return `permit (principal is User, action == Action::"read", resource == Product::${JSON.stringify(productId)})
when { ${when.join(' &&\n  ')} };`;
}

/** Whether the owner's rule approves the request by itself. */
export async function isApprovedByRule(
  ctx: PersonCtx,
  product: AskedProduct,
  asked: AskedGrant,
): Promise<boolean> {
  const rule = await db().autoApproval.findUnique({ where: { productId: product.id } });
  return rule !== null && requestMeets(ctx, product, asked, cedarOf(product.id, rule));
}
