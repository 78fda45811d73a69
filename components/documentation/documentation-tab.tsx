import type { Ctx } from '@/lib/core';
import { productDocumentation } from '@/lib/documentation';
import type { ProductPage } from '@/lib/serving';
import { DocumentationView } from './documentation-view';
import { generatedParts } from './generated-parts';

export async function DocumentationTab({ ctx, page }: { ctx: Ctx; page: ProductPage }) {
  const { productId, rev, text, canEdit, examples, changelog } = await productDocumentation(
    ctx,
    page.id,
  );
  return (
    <DocumentationView
      productId={productId}
      rev={rev}
      canEdit={canEdit}
      ownerName={page.ownerName}
      address={`${page.domain}/${page.name}`}
      text={text}
      examples={examples}
      generated={generatedParts(page, changelog)}
    />
  );
}
