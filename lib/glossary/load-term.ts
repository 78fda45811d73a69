import { type Ctx, notFound, type Tx } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { termSlug } from './input';

const include = {
  domain: { select: { name: true } },
  owner: { select: { email: true } },
  related: { select: { relatedId: true } },
  relates: { select: { termId: true } },
} as const;

/** A living term by its name or slug. @throws AppError not_found */
export async function loadTerm(ctx: Ctx, tx: Tx, term: string) {
  requireSignedIn(ctx, ['products:write']);
  const found = await tx.glossaryTerm.findUnique({ where: { slug: termSlug(term) }, include });
  if (!found) throw notFound(`The term ${term}`);
  return found;
}
