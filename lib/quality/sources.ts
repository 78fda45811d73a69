import { db, isAppError } from '@/lib/core';
import { type ReadableSnapshot, readableForOwner } from '@/lib/platform';
import { type RuleLike, sourcesOf } from './compile';

export interface Sources {
  rows: Map<string, ReadableSnapshot>;
  /** Address → why it cannot be read. */
  problems: Map<string, string>;
}

/**
 * The rows of other products that rules read, with the rights of the product's owner, decided and written down
 * like anybody's.
 */
export async function openSources(
  rules: readonly RuleLike[],
  reader: { ownerId: string; domain: string; name: string },
): Promise<Sources> {
  const addresses = [...new Set(rules.flatMap(sourcesOf))];
  const sources: Sources = { rows: new Map(), problems: new Map() };
  if (addresses.length === 0) return sources;
  const found = await db().product.findMany({
    where: {
      OR: addresses.map((address) => {
        const [domain = '', name = ''] = address.split('/');
        return { name, domain: { name: domain } };
      }),
    },
    select: { id: true, name: true, domain: { select: { name: true } } },
  });
  for (const address of addresses) {
    const product = found.find((one) => `${one.domain.name}/${one.name}` === address);
    try {
      if (product) {
        const rows = await readableForOwner(product.id, reader);
        // A rule compares values as they are: it would find what a mask hides.
        if (rows.narrowed) sources.problems.set(address, partOf(address));
        else sources.rows.set(address, rows);
      } else sources.problems.set(address, `There is no product ${address}.`);
    } catch (error) {
      if (!isAppError(error)) throw error;
      sources.problems.set(address, error.message);
    }
  }
  return sources;
}

const partOf = (address: string) =>
  `The owner’s grant opens a part of ${address}, and a rule asks all of it. Remove the rule, or ask for the whole of ${address}.`;
