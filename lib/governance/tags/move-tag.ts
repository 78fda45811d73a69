import { now, type Tx } from '@/lib/core';

/**
 * Gives every product that carries a tag another one in its place, or none: what is searched by, the contract, the
 * release that is served and changes that wait. The tag's own row has to be locked before.
 * @returns how many products carried it
 */
export async function moveTag(tx: Tx, from: string, to: string | null): Promise<number> {
  const moved = await tx.$queryRaw<{ id: string }[]>`
    update product set rev = rev + 1, "updatedAt" = ${now()},
      tags = array(select jsonb_array_elements_text(tags_moved(to_jsonb(tags), ${from}::text, ${to}::text))),
      descriptor = document_tags_moved(descriptor, ${from}::text, ${to}::text)
    where id in (select id from product where tags @> array[${from}::text] order by id for update) returning id`;
  const ids = moved.map(({ id }) => id);
  await tx.$executeRaw`
    update contract_version set descriptor = document_tags_moved(descriptor, ${from}::text, ${to}::text)
    where status in ('proposed', 'activating', 'active', 'deprecated') and descriptor #> '{spec,tags}' ? ${from}::text`;
  await tx.$executeRaw`
    update product_environment set candidate = jsonb_set(candidate, '{descriptor}',
      document_tags_moved(candidate -> 'descriptor', ${from}::text, ${to}::text))
    where candidate #> '{descriptor,spec,tags}' ? ${from}::text`;
  await tx.$executeRaw`
    update release set descriptor = document_tags_moved(descriptor, ${from}::text, ${to}::text)
    where id in (select "releaseId" from product_environment where "productId" = any(${ids}::text[]))`;
  // What processes keep of these products is asked for anew.
  await tx.$executeRaw`select count(pg_notify('portolan_product', id)) from unnest(${ids}::text[]) id`;
  return ids.length;
}
