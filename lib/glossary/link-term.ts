import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, invalid, notFound, now, type Tx, transact } from '@/lib/core';
import { requireVisibleProduct } from '@/lib/governance';
import { MAX_LINKS, requireEditor, writerOf } from './input';
import { loadTerm } from './load-term';

export const LinkTermInput = z.object({
  /** A term's name or slug. */
  term: z.string().trim().min(1, 'Name a term').max(100),
  product: z
    .string()
    .trim()
    .regex(/^[^/]+\/[^/]+$/, 'Write it as domain/product')
    .max(130),
  /** A column of the contract; empty: the product as a whole. */
  column: z.string().trim().max(200).default(''),
});
export type LinkTermInput = z.input<typeof LinkTermInput>;

/** The product at an address, for who may link its words. @throws AppError not_found | forbidden */
async function linkable(ctx: Ctx, tx: Tx, address: string) {
  const [domain = '', name = ''] = address.split('/');
  const found = await tx.product.findFirst({
    where: { name, domain: { name: domain } },
    select: { id: true, descriptor: true },
  });
  if (!found) throw notFound('This product');
  const { domainId, ownerId } = await requireVisibleProduct(ctx, found.id);
  requireEditor(ctx, { domainId, ownerId });
  const { spec } = found.descriptor as { spec?: { schema?: { name: string }[] } };
  return { productId: found.id, domainId, columns: (spec?.schema ?? []).map((one) => one.name) };
}

/**
 * Says that a product, or a column of its contract, holds what a term means; a search for the term or a synonym
 * finds the product from then on.
 * @throws AppError not_found | forbidden | invalid | conflict
 */
export async function linkTerm(ctx: Ctx, raw: LinkTermInput): Promise<void> {
  const { term, product, column } = LinkTermInput.parse(raw);
  await transact(async (tx) => {
    const { id, name } = await loadTerm(ctx, tx, term);
    const { productId, domainId, columns } = await linkable(ctx, tx, product);
    if (column && !columns.includes(column)) {
      const message = `The contract of ${product} has no column ${column}.`;
      throw invalid(message, { column: message });
    }
    // Links of one term wait for each other here, so that the limit holds.
    await tx.$executeRaw`select 1 from glossary_term where id = ${id} for update`;
    if ((await tx.glossaryLink.count({ where: { termId: id } })) >= MAX_LINKS) {
      throw conflict(`“${name}” has ${MAX_LINKS} links already. A term this wide is better split.`);
    }
    const { count } = await tx.glossaryLink.createMany({
      data: { termId: id, productId, column, linkedBy: writerOf(ctx), createdAt: now() },
      skipDuplicates: true,
    });
    if (count === 0) throw conflict(`“${name}” is linked there already.`);
    audit(tx, ctx, {
      action: 'glossary.link',
      target: { type: 'glossary_term', id },
      ...{ productId, domainId },
      detail: changed(null, { name, product, column }),
    });
  });
}

/** Takes a link away. @throws AppError not_found | forbidden */
export async function unlinkTerm(ctx: Ctx, raw: LinkTermInput): Promise<void> {
  const { term, product, column } = LinkTermInput.parse(raw);
  await transact(async (tx) => {
    const { id, name } = await loadTerm(ctx, tx, term);
    const { productId, domainId } = await linkable(ctx, tx, product);
    const { count } = await tx.glossaryLink.deleteMany({
      where: { termId: id, productId, column },
    });
    if (count === 0) throw notFound('This link');
    audit(tx, ctx, {
      action: 'glossary.unlink',
      target: { type: 'glossary_term', id },
      ...{ productId, domainId },
      detail: changed({ name, product, column }, null),
    });
  });
}
