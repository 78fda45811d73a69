import { type Ctx, can } from '@/lib/core';
import { requireSignedIn, requireVisibleProduct } from '@/lib/governance';
import { type ChangelogEntry, changelogOf } from './product-activity';
import { productText } from './product-text';
import { type ExampleOutcome, exampleOutcomes } from './run-examples';

export interface ProductDocumentation {
  productId: string;
  rev: number;
  /** The producer's Markdown, marks and all. */
  text: string;
  canEdit: boolean;
  examples: ExampleOutcome[];
  changelog: ChangelogEntry[];
}

/**
 * What a product's page of documentation is made of, for everybody who may find the product. Whether examples work is
 * told to all; their rows come through the read path, to those who may read them.
 * @throws AppError unauthenticated | forbidden | not_found
 */
export async function productDocumentation(
  ctx: Ctx,
  productId: string,
): Promise<ProductDocumentation> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const product = await requireVisibleProduct(ctx, productId);
  const subject = await productText(productId);
  const { rev, text } = subject;
  const [examples, changelog] = await Promise.all([
    exampleOutcomes(subject, text),
    changelogOf(productId),
  ]);
  const canEdit = product.status !== 'retired' && can(ctx, 'product.edit', product);
  return { productId, rev, text, canEdit, examples, changelog };
}
