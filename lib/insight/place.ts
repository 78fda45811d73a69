import type { Ctx } from '@/lib/core';
import { visibleAmong } from '@/lib/governance';

/** What figures are of: a domain, a product in it, or neither: the mesh. */
export interface Place {
  domain?: string;
  product?: string;
}
/** The columns of a share or a digest that say it. */
export const PLACE = {
  domain: { select: { name: true } },
  product: { select: { id: true, name: true, domain: { select: { name: true } } } },
} as const;
interface Placed {
  domain: { name: string } | null;
  product: { id: string; name: string; domain: { name: string } } | null;
}

export function placeOf({ domain, product }: Placed): Place {
  if (product) return { domain: product.domain.name, product: product.name };
  return domain ? { domain: domain.name } : {};
}

export const placeWords = ({ domain, product }: Place): string =>
  product ? `${domain}/${product}` : domain ? `the domain ${domain}` : 'the mesh';

/** How rows of a list name what they are of, to somebody who may not find it any more. */
export async function placesFor(
  ctx: Ctx,
  rows: readonly Placed[],
): Promise<(row: Placed) => string> {
  const found = await visibleAmong(
    ctx,
    rows.flatMap(({ product }) => product?.id ?? []),
  );
  return (row) =>
    row.product && !found.has(row.product.id)
      ? 'a product that you may not find'
      : placeWords(placeOf(row));
}
