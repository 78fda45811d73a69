import { db } from '@/lib/core';
import { effectivePolicy } from '@/lib/governance';
import { checkDocumentAs } from '@/lib/specs';
import type { MonitoredProduct } from './rule';

const BATCH = 200;
/** What answers in production, and nothing else, can break a policy. */
export const IS_LIVE = {
  status: { notIn: ['draft', 'retired'] },
  environments: { some: { environment: 'production', status: 'live' } },
};

/** Live products in the order of their ids, batch by batch. */
export async function* liveProducts(productId?: string | null): AsyncGenerator<MonitoredProduct[]> {
  let after = '';
  for (;;) {
    const rows = await db().product.findMany({
      where: { ...IS_LIVE, id: productId ?? { gt: after } },
      orderBy: { id: 'asc' },
      take: BATCH,
      select: {
        id: true,
        name: true,
        title: true,
        domainId: true,
        ownerId: true,
        classification: true,
        descriptor: true,
        domain: { select: { name: true } },
      },
    });
    const batch: MonitoredProduct[] = [];
    for (const { domain, descriptor, ...row } of rows) {
      const parsed = checkDocumentAs('DataProduct', descriptor);
      if (!parsed.ok) continue;
      const policy = await effectivePolicy(domain.name);
      batch.push({ ...row, domain: domain.name, descriptor: parsed.document, policy });
    }
    yield batch;
    after = rows.at(-1)?.id ?? '';
    if (rows.length < BATCH || productId) return;
  }
}
