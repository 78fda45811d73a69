import { db, notFound } from '@/lib/core';
import type { ExampleSubject } from './run-examples';

export interface ProductText extends ExampleSubject {
  rev: number;
  /** The producer's Markdown. */
  text: string;
}

/** The row is written by the portal, the document may have been imported with words. */
export function writtenText(row: { documentation: string; descriptor: unknown }): string {
  const { spec } = row.descriptor as { spec?: { documentation?: string } };
  return row.documentation || spec?.documentation || '';
}

/** A product's Markdown, with what its examples are run on. Asks nobody. @throws AppError not_found */
export async function productText(productId: string): Promise<ProductText> {
  const row = await db().product.findUnique({
    where: { id: productId },
    select: {
      ...{ id: true, name: true, ownerId: true, rev: true, status: true },
      ...{ documentation: true, descriptor: true, domain: { select: { name: true } } },
      environments: {
        where: { environment: 'production', status: 'live' },
        select: { snapshotId: true },
      },
    },
  });
  if (!row) throw notFound('This product');
  const { id, name, ownerId, rev, domain } = row;
  const isServed = row.environments.some(({ snapshotId }) => snapshotId !== null);
  return { id, name, ownerId, rev, domain: domain.name, isServed, text: writtenText(row) };
}
