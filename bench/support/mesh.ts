import { db, newId } from '@/lib/core';

/** Products read products of their own domain that were made before them, one in ten another domain's. */
export async function makeMesh(products: number, domains: number, ownerId: string): Promise<void> {
  const ids = Array.from({ length: domains }, () => newId());
  await db().domain.createMany({
    data: ids.map((id, at) => ({ id, name: `domain-${at}`, title: `Domain ${at}` })),
  });
  await db().$executeRaw`
    insert into product (id, "domainId", name, title, description, "ownerId", classification, status, template, descriptor)
    select 'p' || n, (${ids}::text[])[n % ${domains}::int + 1], 'product-' || n, 'Product ' || n, '', ${ownerId},
      'internal', 'production', 'batch_analytics', '{"spec": {"schema": []}}'
    from generate_series(0, ${products - 1}::int) n`;
  const small = await db().domain.create({ data: { id: newId(), name: 'small', title: 'Small' } });
  await db().$executeRaw`
    insert into product (id, "domainId", name, title, description, "ownerId", classification, status, template, descriptor)
    select 's' || n, ${small.id}, 'small-' || n, 'Small ' || n, '', ${ownerId}, 'internal', 'production',
      'batch_analytics', '{"spec": {"schema": []}}' from generate_series(0, 9) n`;
  await db().$executeRaw`
    insert into product_input ("productId", "sourceId", alias)
    select 's' || n, 's' || (n - 1) / 2, 'in' from generate_series(1, 9) n`;
  await db().$executeRaw`
    insert into product_input ("productId", "sourceId", alias)
    select 'p' || n, 'p' || source, 'in' || k from (
      select n, k, case when (n * 31 + k * 17) % 10 = 0 then (n::bigint * 7919 + k * 104729) % n
        else n - ${domains}::int * (1 + (n * 13 + k * 7) % least(n / ${domains}::int, 12)) end as source
      from generate_series(${domains}::int, ${products - 1}::int) n, generate_series(1, 2) k) s
    where source >= 0 on conflict do nothing`;
}
