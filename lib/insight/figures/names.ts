import { db } from '@/lib/core';

/** What the parts that a figure is taken apart by are called. */
export async function namesOf(parts: 'domain' | 'product', ids: string[]) {
  if (parts === 'domain') {
    const rows = await db().domain.findMany({ where: { id: { in: ids } } });
    return new Map(rows.map(({ id, name, title }) => [id, { address: name, title }]));
  }
  const rows = await db().product.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, title: true, domain: { select: { name: true } } },
  });
  return new Map(
    rows.map(({ id, name, title, domain }) => [id, { address: `${domain.name}/${name}`, title }]),
  );
}
