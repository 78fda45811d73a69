import { Card } from '@/components/ui/card';
import type { Ctx } from '@/lib/core';
import { productTerms } from '@/lib/glossary';
import type { ProductPage } from '@/lib/serving';
import { LinkDialog } from './link-dialog';
import { TermChips } from './term-chips';

/** The words of the business that a product and its columns hold. */
export async function TermsCard({ ctx, page }: { ctx: Ctx; page: ProductPage }) {
  const { terms, mayLink } = await productTerms(ctx, page.id);
  if (terms.length === 0 && !mayLink) return null;
  const product = {
    address: `${page.domain}/${page.name}`,
    columns: page.schema.map(({ name }) => name),
  };
  return (
    <Card id="terms" title="Glossary terms" actions={mayLink && <LinkDialog product={product} />}>
      {terms.length === 0 ? (
        <p className="text-muted">
          No term is linked yet. People who search for a word of the business find the product by
          its terms.
        </p>
      ) : (
        <TermChips terms={terms} />
      )}
    </Card>
  );
}
