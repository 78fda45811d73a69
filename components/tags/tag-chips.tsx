import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import type { Ctx } from '@/lib/core';
import { productTags } from '@/lib/governance';

/** A product's tags, each a way to the products that share it; one that nobody approved says so. */
export async function TagChips({ ctx, productId }: { ctx: Ctx; productId: string }) {
  const tags = await productTags(ctx, productId);
  if (tags.length === 0) return 'none';
  return (
    <span className="flex flex-wrap gap-1">
      {tags.map(({ name, state, description }) => (
        <Link key={name} href={`/catalog?tag=${encodeURIComponent(name)}`} className="max-w-full">
          <Badge title={description || undefined}>
            {name}
            {state === 'proposed' && <span className="font-normal"> (proposed)</span>}
          </Badge>
        </Link>
      ))}
    </span>
  );
}
