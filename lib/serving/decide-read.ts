import { AppError, type Ctx, forbidden, hasScope, notFound } from '@/lib/core';
import { type DecisionProduct, mayDiscover, requireDecision } from '@/lib/governance';
import { narrowedFor } from '@/lib/platform';
import type { HeldTerms } from '@/lib/specs';
import { resolveProduct, type ServedEnvironment, type ServedProduct } from './resolve';

/** @throws AppError unauthenticated | forbidden before anything about the rows is known */
export function requireReader(ctx: Ctx): void {
  const { actor } = ctx;
  if (actor.type === 'anonymous') {
    throw new AppError(
      'unauthenticated',
      'Rows need a signed-in person or an API token. Send "Authorization: Bearer <token>"; tokens are made under Settings → API tokens.',
    );
  }
  if (actor.type === 'user' && !hasScope(actor, 'data:read')) {
    throw forbidden('This API token lacks the scope data:read. Use one that has it.', {
      scope: 'data:read',
    });
  }
}

/** The policy decision for reading a product's rows, durable in the audit log when it returns. */
export async function decideRead(
  ctx: Ctx,
  product: ServedProduct,
  environment: ServedEnvironment = 'production',
  port?: string,
): Promise<{ id: string; terms: HeldTerms | null }> {
  const decision = await requireDecision(ctx, {
    action: 'read',
    product: decisionProduct(product),
    context: { ...(environment === 'staging' && { environment }), ...(port && { port }) },
  });
  return { id: decision.id, terms: decision.terms };
}

export const decisionProduct = (product: ServedProduct): DecisionProduct => {
  const { id, domainId, domain, name, title, classification, ownerId, status } = product;
  return { id, domainId, domain, name, title, classification, ownerId, status };
};

/** The product as the reader has it: only the columns and rows that their grant opens. */
export async function narrowedTo(
  product: ServedProduct,
  terms: HeldTerms | null,
): Promise<ServedProduct> {
  const narrowed = await narrowedFor([...product.columns.values()], terms);
  if (!narrowed) return product;
  const columns = new Map(narrowed.fields.map((field) => [field.name, field]));
  return { ...product, columns, narrowed };
}

/** The product at an address, when the actor may know of it. @throws AppError not_found */
export async function findProduct(
  ctx: Ctx,
  domain: string,
  name: string,
  version?: string,
): Promise<ServedProduct> {
  const product = await resolveProduct(domain, name);
  // What versions there are is for those who may know that there is a product.
  if (await mayDiscover(ctx, product)) {
    return version === undefined ? product : resolveProduct(domain, name, version);
  }
  throw notFound(`The data product ${domain}/${name}`);
}
