import { AppError, type Ctx, db } from '@/lib/core';
import { visibleProducts } from '@/lib/governance';
import type { LineageEvent } from './event';
import { addressOf, type Dataset } from './names';

/** Whose a product is, for the question who may tell of a job that writes it. */
export interface Owned {
  id: string;
  domainId: string;
  ownerId: string;
}

/**
 * The events with the products that their datasets are. One that is not there, or that the caller may not find, is the
 * same mistake.
 * @throws AppError unprocessable, naming each
 */
export async function withProducts(ctx: Ctx, events: readonly LineageEvent[]) {
  const addresses = new Set(
    events.flatMap(({ inputs, outputs, columns }) =>
      [
        ...[...inputs, ...outputs],
        ...columns.flatMap(({ pairs }) => pairs.map(({ source }) => source)),
      ].flatMap((one) => addressOf(one) ?? []),
    ),
  );
  const byAddress = await findProducts(ctx, [...addresses]);
  const known = <T extends Dataset>(one: T): T => ({
    ...one,
    productId: byAddress.get(addressOf(one) ?? '')?.id ?? null,
  });
  return {
    products: new Map([...byAddress.values()].map((one) => [one.id, one])),
    events: events.map((event) => ({
      ...event,
      ...{ inputs: event.inputs.map(known), outputs: event.outputs.map(known) },
      columns: event.columns.map(({ output, pairs }) => ({
        output: known(output),
        pairs: pairs.map((pair) => ({ ...pair, source: known(pair.source) })),
      })),
    })),
  };
}

async function findProducts(ctx: Ctx, addresses: string[]): Promise<Map<string, Owned>> {
  if (addresses.length === 0) return new Map();
  const parts = addresses.map((address) => address.split('/'));
  const visible = await visibleProducts(ctx);
  const rows = await db().$queryRaw<(Owned & { address: string })[]>`
    select p.id, p."domainId", p."ownerId", d.name || '/' || p.name as address
    from unnest(${parts.map(([domain]) => domain ?? '')}::text[], ${parts.map(([, ...name]) => name.join('/'))}::text[])
      as asked(domain, name)
    join domain d on d.name = asked.domain
    join product p on p."domainId" = d.id and p.name = asked.name and ${visible}`;
  const found = new Map(rows.map(({ address, ...product }) => [address, product]));
  const unknown = addresses.filter((address) => !found.has(address));
  if (unknown.length === 0) return found;
  throw new AppError(
    'unprocessable',
    `No event was stored: no product of this portal that you may see is named ${unknown.slice(0, 5).join(', ')}. Products are named domain/product.`,
    { unknown: unknown.slice(0, 100) },
  );
}
