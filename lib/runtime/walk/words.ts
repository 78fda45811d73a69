import { db, newId } from '@/lib/core';

/** A term that everybody reads, linked to a product that everybody finds and to one that few find, and a deleted one. */
export async function makeWords(
  { owner, ledger, salaries }: Record<'owner' | 'ledger' | 'salaries', string>,
  text: (what: string) => string,
) {
  const [term, deletedTerm] = [newId(), newId()];
  const common = { definition: 'A line of the ledger.', ownerId: owner };
  await db().glossaryTerm.create({ data: { id: term, slug: 'entry', name: 'Entry', ...common } });
  await db().glossaryTerm.create({
    data: { id: deletedTerm, name: text('term'), deletedAt: new Date(), ...common },
  });
  await db().glossaryLink.createMany({
    data: [
      { termId: term, productId: ledger, linkedBy: owner },
      { termId: term, productId: salaries, column: 'person', linkedBy: owner },
      { termId: deletedTerm, productId: ledger, linkedBy: owner },
    ],
  });
  return { term, deletedTerm };
}
