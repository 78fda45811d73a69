import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { type Ctx, can } from '@/lib/core';
import { productReadiness } from '@/lib/documentation';
import type { ProductPage } from '@/lib/serving';
import { ReadinessList } from './readiness-list';

/** What a product still lacks, for who operates it; nothing for everybody else. */
export async function ReadinessCard({ ctx, page }: { ctx: Ctx; page: ProductPage }) {
  const isShown = can(ctx, 'product.operate', { domainId: page.domainId, ownerId: page.ownerId });
  if (!isShown || page.status === 'retired') return null;
  const { items, done } = await productReadiness(ctx, page.id);
  return (
    <Card
      title="Ready to publish"
      description={`${done} of ${items.length} done. The list stops nothing; gates and policies do.`}
    >
      <ReadinessList
        items={items}
        mend={({ href, title }) => (
          <Link href={href} className="link">
            {title}
          </Link>
        )}
      />
    </Card>
  );
}
